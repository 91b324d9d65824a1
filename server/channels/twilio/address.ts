import { phoneKey } from '../../identity/phone-key.ts'

const isPhone = (address: string): boolean => /^\+\d{5,20}$/.test(address)

/** What makes two spellings one address; a short code or a sender's name stands for itself. */
export function addressKeyOf(address: string): string {
  return (isPhone(address) ? phoneKey(address).key : null) ?? `sms:${address.toLowerCase()}`
}

/** The phone of an address; null for a short code or a name, which nobody has in their phone book. */
export const phoneOf = (address: string): string | null => (isPhone(address) ? address : null)

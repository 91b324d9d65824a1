import { phoneKey } from '../../identity/phone-key.ts'

/** WhatsApp's id of a phone number: its digits, mostly, though not always as they are dialled. */
export const isPhoneAddress = (address: string): boolean => /^\+?\d{5,20}$/.test(address)

/**
 * What makes two spellings one address. A phone is compared by its identity key (`521…` and `52…` are one Mexican mobile);
 * a business-scoped user id stands for itself, and so does a number that nobody can read.
 */
export function addressKeyOf(address: string): string {
  if (!isPhoneAddress(address)) return `wa:${address}`
  return phoneKey(`+${address.replace(/^\+/, '')}`).key ?? `wa:${address}`
}

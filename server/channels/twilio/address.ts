import { phoneKey } from '../../identity/phone-key.ts'
import type { TwilioKind } from './settings.ts'

const isPhone = (address: string): boolean => /^\+\d{5,20}$/.test(address)

/** What makes two spellings one address; a short code, a sender's name or WhatsApp's own id stands for itself. */
export function addressKeyOf(kind: TwilioKind, address: string): string {
  const alone = kind === 'sms' ? `sms:${address.toLowerCase()}` : `wa:${address}`
  return (isPhone(address) ? phoneKey(address).key : null) ?? alone
}

/** The phone of an address; null for a short code or a name, which nobody has in their phone book. */
export const phoneOf = (address: string): string | null => (isPhone(address) ? address : null)

/** How Twilio writes an address: what is no text message names its channel. Source: twilio.com/docs/messaging/channels */
export const wireAddress = (kind: TwilioKind, address: string): string =>
  kind === 'sms' ? address : `${kind}:${address}`

/** The way back; null for an address of another channel. */
export function readWireAddress(kind: TwilioKind, wire: string): string | null {
  const [, channel = 'sms', address = ''] = /^(?:([a-z]+):)?(.+)$/s.exec(wire) ?? []
  return channel === kind && address !== '' ? address : null
}

import { z } from 'zod'
import type { IncomingSender } from '../adapter.ts'
import { addressKeyOf, isPhoneAddress } from './address.ts'

const text = z.string().optional().catch(undefined)

/** An entry of a value's `contacts`: the person as WhatsApp describes them. */
export const Profile = z.object({
  profile: z.object({ name: text, username: text }).optional().catch(undefined),
  wa_id: text,
  user_id: text,
})
export type Profile = z.infer<typeof Profile>

/** Who a message names as its sender. */
export const Origin = z.object({ from: text, from_user_id: text })
export type Origin = z.infer<typeof Origin>

/**
 * Whom a message is from. With a username the phone may be missing, and WhatsApp's own id is all there is; where both are
 * given, the phone is the address, because it is what one's other channels know the person by.
 * @returns null when the message names nobody
 */
export function readSender(origin: Origin, profiles: readonly Profile[]): IncomingSender | null {
  const profile = profileOf(origin, profiles)
  const named = [origin.from, profile?.wa_id, origin.from_user_id, profile?.user_id].filter(
    (id): id is string => id !== undefined && id !== '',
  )
  const phone = named.find(isPhoneAddress)
  const userId = named.find((id) => !isPhoneAddress(id))
  const address = phone ?? userId
  if (address === undefined) return null
  return {
    address,
    addressKey: addressKeyOf(address),
    ...(phone !== undefined && userId !== undefined ? { otherKeys: [addressKeyOf(userId)] } : {}),
    profileName: profile?.profile?.name || profile?.profile?.username || null,
    phone: phone === undefined ? null : `+${phone.replace(/^\+/, '')}`,
    // such an id begins with the country of the person's number
    country: phone === undefined ? (/^([A-Z]{2})\./.exec(address)?.[1] ?? null) : null,
  }
}

function profileOf(origin: Origin, profiles: readonly Profile[]): Profile | undefined {
  return (
    profiles.find(
      ({ wa_id, user_id }) =>
        (wa_id !== undefined && wa_id === origin.from) || (user_id !== undefined && user_id === origin.from_user_id),
    ) ?? (profiles.length === 1 ? profiles[0] : undefined)
  )
}

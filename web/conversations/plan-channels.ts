import type { Channel } from '#contract/channels.ts'
import type { ChannelKind } from '#contract/channel-kind.ts'
import type { ContactDetails } from '#contract/contacts.ts'

/** Why a channel cannot be written to now. */
export type ChannelObstacle = 'paused' | 'no-address' | 'missing-phone' | 'missing-email' | 'only-contact'

/** A channel a message to the contact may go by. */
export interface ChannelChoice {
  channelId: number
  kind: ChannelKind
  name: string
  /** The contact's address there, where it is known. */
  address: string | null
  /** They are in contact there already. */
  isActive: boolean
  isBroken: boolean
  obstacle: ChannelObstacle | null
  /** `hasWindow`: free text only until `windowUntil`; shut when that is null. */
  hasWindow: boolean
  windowUntil: string | null
}

/**
 * The channels of the contact, last used first, then those of the workspace that may be started, then the rest with what
 * stands against them. Pure.
 */
export function planChannels(contact: ContactDetails, lines: readonly Channel[]): ChannelChoice[] {
  const active = contact.channels
    .filter((one) => one.channelState !== 'deleted')
    .map((one): ChannelChoice => ({
      channelId: one.channelId,
      kind: one.kind,
      name: one.channelName,
      address: one.address,
      isActive: true,
      isBroken: one.channelState === 'broken',
      obstacle: one.channelState === 'paused' ? 'paused' : one.address === '' ? 'no-address' : null,
      hasWindow: one.hasWindow,
      windowUntil: one.windowUntil,
    }))
  const others = lines.map((line): ChannelChoice => {
    const byEmail = line.kind === 'email'
    return {
      channelId: line.id,
      kind: line.kind,
      name: line.name,
      address: byEmail ? contact.fields.email.value : contact.fields.phone.formatted,
      isActive: false,
      isBroken: line.state === 'broken',
      obstacle: line.state === 'paused' ? 'paused' : obstacleTo(line.kind, contact),
      hasWindow: line.kind === 'whatsapp',
      windowUntil: null,
    }
  })
  const known = new Set<number>()
  return [...active, ...others.toSorted((a, b) => Number(a.obstacle !== null) - Number(b.obstacle !== null))].filter(
    ({ channelId }) => !known.has(channelId) && known.add(channelId),
  )
}

/** The channel a message goes by when nobody chose: the one last heard from, else the first that can be used. Pure. */
export function usualChannel(contact: ContactDetails, choices: readonly ChannelChoice[]): ChannelChoice | null {
  const heard = contact.channels
    .filter((one) => one.lastInAt !== null)
    .toSorted((a, b) => (b.lastInAt ?? '').localeCompare(a.lastInAt ?? ''))
    .flatMap((one) => choices.filter((choice) => choice.channelId === one.channelId))
  return heard[0] ?? choices.find((choice) => choice.obstacle === null) ?? choices[0] ?? null
}

function obstacleTo(kind: ChannelKind, contact: ContactDetails): ChannelObstacle | null {
  if (kind === 'email') return contact.fields.email.value === null ? 'missing-email' : null
  // A custom channel may address by phone; only the server knows, and says so.
  if (kind === 'whatsapp' || kind === 'sms' || kind === 'custom')
    return contact.fields.phone.value === null ? 'missing-phone' : null
  return 'only-contact'
}

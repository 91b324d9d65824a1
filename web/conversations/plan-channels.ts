import type { ChannelKind } from '#contract/channel-kind.ts'
import { classifyChannels, type ChannelReason } from '#contract/classify-line.ts'
import type { ContactDetails } from '#contract/contacts.ts'
import type { Access } from '#contract/policy.ts'

/** Why a channel cannot be written to now. */
export type ChannelObstacle =
  | 'opted-out'
  | 'paused'
  | 'no-address'
  | 'no-phone'
  | 'no-email'
  | 'only-contact'
  | 'address-of-another'

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
 * stands against them: once each. Pure.
 */
export function planChannels(contact: ContactDetails, access: Pick<Access, 'role' | 'restrictions'>): ChannelChoice[] {
  const known = new Set<number>()
  return classifyChannels(contact, access)
    .filter(({ line: { channelId } }) => !known.has(channelId) && known.add(channelId))
    .map(({ line, link, group, reason, optOut }): ChannelChoice => ({
      channelId: line.channelId,
      kind: line.kind,
      name: line.channelName,
      address: link?.address ?? (line.startsWith === null ? null : addressOf(contact, line.startsWith)),
      isActive: group === 'active',
      isBroken: line.channelState === 'broken',
      obstacle:
        optOut !== null
          ? 'opted-out'
          : group === 'active' && line.channelState === 'paused'
            ? 'paused'
            : obstacleIn(reason, link?.address),
      hasWindow: line.hasWindow,
      windowUntil: link?.windowUntil ?? null,
    }))
}

/** The channel a message goes by when nobody chose: the one last heard from, else the first that can be used. Pure. */
export function usualChannel(contact: ContactDetails, choices: readonly ChannelChoice[]): ChannelChoice | null {
  const heard = contact.channels
    .filter((one) => one.lastInAt !== null)
    .toSorted((a, b) => (b.lastInAt ?? '').localeCompare(a.lastInAt ?? ''))
    .flatMap((one) => choices.filter((choice) => choice.channelId === one.channelId))
  return heard[0] ?? choices.find((choice) => choice.obstacle === null) ?? choices[0] ?? null
}

function addressOf({ fields }: ContactDetails, by: 'phone' | 'email'): string | null {
  return by === 'email' ? fields.email.value : fields.phone.formatted
}

function obstacleIn(reason: ChannelReason, address: string | undefined): ChannelObstacle | null {
  switch (reason) {
    case 'exchanged':
      // a mail from nobody, which cannot be answered
      return address === '' ? 'no-address' : null
    case 'has-phone':
    case 'has-email':
    case 'not-through':
      return null
    case 'paused':
    case 'no-phone':
    case 'no-email':
    case 'only-contact':
    case 'address-of-another':
      return reason
  }
}

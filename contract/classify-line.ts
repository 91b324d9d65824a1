import type { ContactChannel, ContactDetails, ContactLine, OptOut } from './contacts.ts'
import { can, type Access } from './policy.ts'

/** Where a channel stands to a contact: they are in contact there, we could begin, or neither. */
export const channelGroups = ['active', 'inactive', 'unavailable'] as const
export type ChannelGroup = (typeof channelGroups)[number]

/** Why it stands there. `not-through`: something was written first and nothing has been accepted yet. */
export type ChannelReason =
  | 'exchanged'
  | 'has-phone'
  | 'has-email'
  | 'not-through'
  | 'no-phone'
  | 'no-email'
  | 'only-contact'
  | 'address-of-another'
  | 'paused'

/** One card: of each link with an exchange its own, else one for the line. What a member may do there stands on it. */
export interface ChannelCard<Link> {
  readonly group: ChannelGroup
  readonly reason: ChannelReason
  readonly link: Link | null
  /** Write the first message. */
  readonly mayStart: boolean
  readonly mayRemove: boolean
  /** Take the last removal back. */
  readonly mayRestore: boolean
  /** What would have to be added for us to begin. */
  readonly mayAdd: 'phone' | 'email' | null
}

interface Contact {
  readonly phone: string | null
  readonly email: string | null
  readonly isBlocked: boolean
}

/**
 * Sorts a channel of the workspace for a contact, and says what this member may do there. The screen offers what it says,
 * the server refuses the rest. Pure; `links` are the live ones on this very channel.
 */
export function classifyLine<Link extends Pick<ContactChannel, 'connectedAt'>>(
  line: Pick<ContactLine, 'startsWith' | 'isTaken' | 'channelState'> & { readonly removed: object | null },
  links: readonly Link[],
  contact: Contact,
  access: Pick<Access, 'role' | 'restrictions'>,
): ChannelCard<Link>[] {
  const may = (action: Parameters<typeof can>[1]) => !contact.isBlocked && can(access, action)
  const nothing = { mayStart: false, mayRemove: false, mayRestore: false, mayAdd: null }
  const exchanged = links.filter(({ connectedAt }) => connectedAt !== null)
  if (exchanged.length > 0)
    return exchanged.map((link) => ({
      ...nothing,
      group: 'active',
      reason: 'exchanged',
      link,
      mayRemove: may('contactChannels.remove'),
    }))
  const reason = reasonFor(line, links.length > 0, contact)
  const canBegin = reason === 'has-phone' || reason === 'has-email' || reason === 'not-through'
  return [
    {
      ...nothing,
      group: canBegin ? 'inactive' : 'unavailable',
      reason,
      link: links[0] ?? null,
      mayStart: canBegin && may('conversations.start'),
      mayRestore: line.removed !== null && may('contactChannels.remove'),
      mayAdd: (reason === 'no-phone' || reason === 'no-email') && may('contacts.edit') ? line.startsWith : null,
    },
  ]
}

/** Without an exchange. What only the contact can change comes before what we could. */
function reasonFor(
  { startsWith, isTaken, channelState }: Parameters<typeof classifyLine>[0],
  isBegun: boolean,
  contact: Contact,
): ChannelReason {
  if (startsWith === null) return 'only-contact'
  if (contact[startsWith] === null) return `no-${startsWith}`
  if (channelState === 'paused') return 'paused'
  if (isTaken) return 'address-of-another'
  return isBegun ? 'not-through' : `has-${startsWith}`
}

/** Every channel of the workspace as it stands to a contact: links last used first, then lines in their order. */
export function classifyChannels(
  contact: Pick<ContactDetails, 'channels' | 'lines' | 'blocked' | 'optOuts'> & {
    readonly fields: Readonly<Record<'phone' | 'email', { readonly value: string | null }>>
  },
  access: Pick<Access, 'role' | 'restrictions'>,
): (ChannelCard<ContactChannel> & { readonly line: ContactLine; readonly optOut: OptOut | null })[] {
  const { phone, email } = contact.fields
  const known = { phone: phone.value, email: email.value, isBlocked: contact.blocked !== null }
  const place = (link: ContactChannel | null) => (link === null ? -1 : contact.channels.indexOf(link))
  return contact.lines
    .flatMap((line) => {
      const links = contact.channels.filter(({ channelId }) => channelId === line.channelId)
      const optOut = findOptOut(contact.optOuts, line.channelId)
      return classifyLine(line, links, known, access).map((card) => ({
        ...card,
        line,
        optOut,
        mayStart: card.mayStart && optOut === null,
      }))
    })
    .toSorted((one, other) =>
      one.group === other.group
        ? one.group === 'active'
          ? place(one.link) - place(other.link)
          : 0
        : channelGroups.indexOf(one.group) - channelGroups.indexOf(other.group),
    )
}

/** That the contact does not want to be written to by this channel, or by none; who only wants no advertising is answered. */
export const findOptOut = (optOuts: readonly OptOut[], channelId: number): OptOut | null =>
  optOuts.find((one) => one.scope === 'all' && (one.channelId === null || one.channelId === channelId)) ?? null

import type { KnownContact } from './describe-contact.ts'
import { isFirm } from './key-group.ts'

/** Why two contacts would make one that is larger than a person is. */
export type Limit = {
  kind: 'phones' | 'emails' | 'members' | 'channels' | 'external-ids'
  /** How many the merged contact would have; for channels, of the one line in `scope`. */
  count: number
  scope: string | null
}

const mostValues = 5
const mostMembers = 10

/** What a merged contact may not exceed without somebody having looked. Symmetric. */
export function limitsOf(a: KnownContact<unknown>, b: KnownContact<unknown>): Limit[] {
  const limits: Limit[] = []
  const [phones, emails] = [countKeys('phone', a, b), countKeys('email', a, b)]
  if (phones > mostValues) limits.push({ kind: 'phones', count: phones, scope: null })
  if (emails > mostValues) limits.push({ kind: 'emails', count: emails, scope: null })
  const members = a.members + b.members
  if (members > mostMembers) limits.push({ kind: 'members', count: members, scope: null })
  const scopes = new Set([...a.channels, ...b.channels].map(({ scope }) => scope))
  for (const scope of [...scopes].sort()) {
    const [ofA, ofB] = [addresses(a, scope), addresses(b, scope)]
    const all = new Set([...ofA, ...ofB])
    // Two accounts on one line, and not both of them on both sides already.
    if (ofA.size > 0 && ofB.size > 0 && all.size > Math.max(ofA.size, ofB.size))
      limits.push({ kind: 'channels', count: all.size, scope })
  }
  const ids = new Set([...a.externalIds, ...b.externalIds])
  if (a.externalIds.length > 0 && b.externalIds.length > 0 && ids.size > 1)
    limits.push({ kind: 'external-ids', count: ids.size, scope: null })
  return limits
}

function countKeys(kind: 'phone' | 'email', ...contacts: KnownContact<unknown>[]): number {
  const clues = contacts.flatMap((contact) => contact.clues)
  return new Set(clues.filter((clue) => clue.kind === kind && isFirm(clue.strength)).map(({ key }) => key)).size
}

function addresses({ channels }: KnownContact<unknown>, scope: string): Set<string> {
  return new Set(channels.filter((channel) => channel.scope === scope).map(({ address }) => address))
}

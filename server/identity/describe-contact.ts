import { foldName } from './fold-name.ts'
import type { FoldedName } from './fold-name.ts'
import { channelClue, clueStrengths, emailClues, phoneClues } from './read-clues.ts'
import type { Clue, WrittenEmail, WrittenPhone } from './read-clues.ts'

/** What a contact says that can tell who it is. Every value stands as it was written, with the name of its field. */
export type Person<Id> = {
  id: Id
  name: string | null
  /** ISO 3166; how phones without a country code are read. */
  country: string | null
  phones: readonly WrittenPhone[]
  emails: readonly WrittenEmail[]
  /** Identities that a provider vouches for, unique within `scope`: a line, or the provider where its ids hold everywhere. */
  channels?: readonly { scope: string; address: string }[]
  /** The ids under which other systems know the contact. */
  externalIds?: readonly string[]
  /** Of how many records it already consists; 1 where nothing was merged. */
  members?: number
}

/** A contact ready to be compared. */
export type KnownContact<Id> = {
  id: Id
  /** As written; null where there is none. */
  name: string | null
  folded: FoldedName
  /** One per key, sorted by key. */
  clues: Clue[]
  channels: readonly { scope: string; address: string }[]
  externalIds: readonly string[]
  members: number
}

/** Takes a contact apart into what it can be recognised by. Pure; depends on the numbering metadata. */
export function describeContact<Id>(person: Person<Id>): KnownContact<Id> {
  const { id, name, channels = [], externalIds = [], members = 1 } = person
  const folded = foldName(name ?? '')
  const clues = strongestPerKey([
    ...person.phones.flatMap((phone) => phoneClues(phone, person.country, folded)),
    ...person.emails.flatMap((email) => emailClues(email, folded)),
    ...channels.map(channelClue),
  ])
  return { id, name, folded, clues, channels, externalIds, members }
}

function strongestPerKey(clues: Clue[]): Clue[] {
  const best = new Map<string, Clue>()
  const rank = ({ strength }: Clue) => clueStrengths.indexOf(strength)
  for (const clue of clues) {
    const known = best.get(clue.key)
    if (known === undefined || rank(clue) < rank(known)) best.set(clue.key, clue)
  }
  return [...best.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
}

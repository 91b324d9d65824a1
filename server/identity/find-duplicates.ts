import type { KnownContact } from './describe-contact.ts'
import { judgePair } from './judge-pair.ts'
import type { Judgement } from './judge-pair.ts'
import { groupHolders, mostHolders } from './key-group.ts'
import type { KeyGroup } from './key-group.ts'

export type FoundPair<Id> = { a: KnownContact<Id>; b: KnownContact<Id>; judgement: Judgement<Id> }

/**
 * Every pair worth suggesting among all contacts, each once, in the order of the earlier one. Time and memory grow with the
 * number of contacts: whoever shares a key with more than `mostHolders` others is not compared under it.
 */
export function* findDuplicates<Id>(contacts: readonly KnownContact<Id>[]): Generator<FoundPair<Id>> {
  const places = placesByKey(contacts)
  const groups = new Map<string, KeyGroup<Id> | null>()
  const groupOf = (key: string) => {
    const known = groups.get(key)
    if (known !== undefined) return known
    const holders = places.get(key)?.map((at) => {
      const contact = contacts[at]!
      return { contact, strength: contact.clues.find((clue) => clue.key === key)!.strength }
    })
    const group = holders === undefined ? null : groupHolders(key, holders)
    groups.set(key, group)
    return group
  }
  for (const [at, a] of contacts.entries()) {
    const met = new Set<number>()
    for (const { key } of a.clues) {
      const others = places.get(key)
      if (others !== undefined && others.length <= mostHolders)
        for (const other of others) if (other > at) met.add(other)
    }
    for (const other of [...met].sort((x, y) => x - y)) {
      const b = contacts[other]!
      const judgement = judgePair(a, b, groupOf)
      if (judgement !== null) yield { a, b, judgement }
    }
    // Whoever comes later has no pair with this one any more; a group is kept until its last holder has had its turn.
    for (const { key } of a.clues) if (places.get(key)?.at(-1) === at) groups.delete(key)
  }
}

/** Where the holders of a key stand, for keys that two contacts or more have; one more than `mostHolders` says that it is a hub. */
function placesByKey(contacts: readonly KnownContact<unknown>[]): Map<string, number[]> {
  const first = new Map<string, number>()
  const shared = new Map<string, number[]>()
  for (const [at, { clues }] of contacts.entries()) {
    for (const { key } of clues) {
      const known = shared.get(key)
      if (known !== undefined) {
        if (known.length <= mostHolders) known.push(at)
      } else if (first.has(key)) {
        shared.set(key, [first.get(key)!, at])
      } else first.set(key, at)
    }
  }
  return shared
}

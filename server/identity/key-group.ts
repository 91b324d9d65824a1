import type { KnownContact } from './describe-contact.ts'
import { relateNames } from './name-relation.ts'
import type { NameRelation } from './name-relation.ts'
import type { ClueStrength } from './read-clues.ts'

/** More contacts than this under one key are a switchboard, a shop's inbox or a filler: the key supports no pair. */
export const mostHolders = 20

/** A contact under a key, with the strength that the key has on its side. */
export type Holder<Id> = { contact: KnownContact<Id>; strength: ClueStrength }

/** The contacts that share one key. Made by `groupHolders`. */
export type KeyGroup<Id> = {
  key: string
  holders: readonly Holder<Id>[]
  /** Do the names of two holders, told by their places, contradict each other? Nobody contradicts himself. */
  clash: (a: number, b: number) => boolean
}

/**
 * The group of a key.
 * @param holders whoever may be suggested: blocked contacts count neither as candidates nor as counter-evidence
 * @returns null for a hub, whose key is a shared identifier and nobody's own; so reading `mostHolders + 1` is enough
 */
export function groupHolders<Id>(key: string, holders: readonly Holder<Id>[]): KeyGroup<Id> | null {
  if (holders.length > mostHolders) return null
  const known: (NameRelation | undefined)[] = []
  const clash = (a: number, b: number) => {
    const place = Math.min(a, b) * mostHolders + Math.max(a, b)
    known[place] ??= relateNames(holders[a]!.contact.folded, holders[b]!.contact.folded)
    return known[place] === 'conflict'
  }
  return { key, holders, clash }
}

/** What the names under a key say about two of its holders. */
export type Dispute<Id> = {
  /**
   * `none`: no two names under the key contradict each other. `two`: somebody else uses it too. `many`: at least two others
   * do, so that a given name alone is less telling. `between`: somebody's name goes with one of the two, not with the other.
   */
  kind: 'none' | 'two' | 'many' | 'between'
  /** Further holders whose name contradicts one of the two, both, or only each other's, in the order of the group. */
  others: { id: Id; contradicts: 'a' | 'b' | 'both' | 'each-other' }[]
}

/**
 * Weighs the names under a key against two of its holders. The order of holders makes no difference to the kind.
 * @param firmOnly leaves out whoever has only something that resembles the key
 */
export function weighDispute<Id>(group: KeyGroup<Id>, a: Id, b: Id, firmOnly: boolean): Dispute<Id> {
  const { holders, clash } = group
  const places = [...holders.keys()].filter((at) => !firmOnly || isFirm(holders[at]!.strength))
  const atA = holders.findIndex(({ contact }) => contact.id === a)
  const atB = holders.findIndex(({ contact }) => contact.id === b)
  const isCalm = places.every((x, at) => places.slice(at + 1).every((y) => !clash(x, y)))
  if (isCalm) return { kind: 'none', others: [] }

  const further = places.filter((at) => at !== atA && at !== atB)
  const others = further.flatMap((at): Dispute<Id>['others'] => {
    const { id } = holders[at]!.contact
    const [ofA, ofB] = [clash(at, atA), clash(at, atB)]
    if (ofA || ofB) return [{ id, contradicts: ofA && ofB ? 'both' : ofA ? 'a' : 'b' }]
    return further.some((other) => clash(at, other)) ? [{ id, contradicts: 'each-other' }] : []
  })
  const rivals = further.filter((at) => clash(at, atA) && clash(at, atB))
  const kind = others.some(({ contradicts }) => contradicts === 'a' || contradicts === 'b')
    ? 'between'
    : rivals.some((x) => rivals.some((y) => clash(x, y)))
      ? 'many'
      : 'two'
  return { kind, others }
}

/** Has the holder the key itself, rather than something that resembles it? */
export function isFirm(strength: ClueStrength): boolean {
  return strength === 'exact' || strength === 'repaired' || strength === 'unverified' || strength === 'role'
}

import type { KnownContact } from './describe-contact.ts'
import { areNear } from './near-values.ts'
import { clueStrengths } from './read-clues.ts'
import type { Clue, ClueStrength } from './read-clues.ts'

/** One key on both sides, with the weaker of the two strengths. */
export type SharedClue = { a: Clue; b: Clue; strength: ClueStrength }

/** What two contacts have in common: for every two values only the strongest key they share, in the order of keys. */
export function sharedClues(a: KnownContact<unknown>, b: KnownContact<unknown>): SharedClue[] {
  const best = new Map<string, SharedClue>()
  for (const shared of commonKeys(a.clues, b.clues)) {
    if (shared.strength === 'near' && !areNear(shared.a.from, shared.b.from)) continue
    const values = `${shared.a.from} ${shared.b.from}`
    const known = best.get(values)
    if (known === undefined || rank(shared.strength) < rank(known.strength)) best.set(values, shared)
  }
  return [...best.values()]
}

function commonKeys(a: Clue[], b: Clue[]): SharedClue[] {
  const common: SharedClue[] = []
  for (let [atA, atB] = [0, 0]; atA < a.length && atB < b.length;) {
    const [ofA, ofB] = [a[atA]!, b[atB]!]
    if (ofA.key === ofB.key) {
      common.push({ a: ofA, b: ofB, strength: rank(ofA.strength) > rank(ofB.strength) ? ofA.strength : ofB.strength })
    }
    if (ofA.key <= ofB.key) atA++
    if (ofB.key <= ofA.key) atB++
  }
  return common
}

function rank(strength: ClueStrength): number {
  return clueStrengths.indexOf(strength)
}

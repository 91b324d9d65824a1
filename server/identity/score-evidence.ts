import type { Dispute } from './key-group.ts'
import type { NameRelation } from './name-relation.ts'
import type { Clue, ClueStrength } from './read-clues.ts'

/** `A` certain, `B` likely, `C` possible. */
export type Tier = 'A' | 'B' | 'C'

type ByRelation = Record<NameRelation, number>
type ByDispute = Record<Dispute<unknown>['kind'], ByRelation>

/**
 * About how often two contacts with this evidence are one person, measured on labelled contacts and rounded down.
 * A phone is shared in families and handed on, so contradicting names on it speak against everybody there, and the more
 * people use it, the less a given name alone decides. A mailbox is one person's, so a name changes little.
 */
const phone: ByDispute = {
  none: row(0.98, 0.96, 0.86),
  two: row(0.88, 0.84, 0.45),
  many: row(0.84, 0.7, 0.4),
  between: row(0.8, 0.65, 0.4),
}
const mailbox: ByDispute = {
  none: row(0.99, 0.98, 0.96, 0.6),
  two: row(0.96, 0.9, 0.6, 0.6),
  many: row(0.96, 0.8, 0.5, 0.5),
  between: row(0.9, 0.75, 0.5, 0.5),
}
/** The same string, which may be nobody's number. */
const unverified: ByDispute = {
  none: row(0.9, 0.82, 0.5),
  two: row(0.75, 0.65, 0.4),
  many: row(0.75, 0.6, 0.3),
  between: row(0.7, 0.5, 0.3),
}
/** Says something only about two contacts with one full name. */
const besideFullName = evenly(row(0.75, 0, 0))

const tables: Record<Clue['kind'], Partial<Record<ClueStrength, ByDispute>>> = {
  phone: {
    exact: phone,
    repaired: phone,
    unverified,
    'other-reading': unverified,
    ending: besideFullName,
    near: besideFullName,
  },
  email: {
    exact: mailbox,
    unverified: mailbox,
    typo: unverified,
    role: besideFullName,
    sibling: besideFullName,
    near: besideFullName,
  },
  channel: { exact: mailbox },
}

/**
 * Probability, 0 to 1, that two contacts sharing one key are one person; 0 says that the key tells nothing.
 * @param strength the weaker of the two sides' strengths
 */
export function scoreEvidence(
  kind: Clue['kind'],
  strength: ClueStrength,
  relation: NameRelation,
  dispute: Dispute<unknown>['kind'],
): number {
  return tables[kind][strength]?.[dispute][relation] ?? 0
}

/** The same for two keys that do not depend on each other and each of which could link alone. */
export function scoreTwoKeys(relation: NameRelation): number {
  return row(0.99, 0.98, 0.97, 0.85)[relation]
}

/** The score of a pair that would make one contact larger than a person is: it stays possible and is never pressed on anyone. */
export const mostWhenLimited = 0.78

/** @param score above 0 */
export function tierOf(score: number): Tier {
  return score >= 0.95 ? 'A' : score >= 0.79 ? 'B' : 'C'
}

function row(agree: number, partial: number, unknown: number, conflict = 0): ByRelation {
  return { agree, partial, unknown, conflict }
}

function evenly(relations: ByRelation): ByDispute {
  return { none: relations, two: relations, many: relations, between: relations }
}

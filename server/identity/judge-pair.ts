import type { KnownContact } from './describe-contact.ts'
import { isFirm, weighDispute } from './key-group.ts'
import type { Dispute, KeyGroup } from './key-group.ts'
import { limitsOf } from './limit-pair.ts'
import type { Limit } from './limit-pair.ts'
import { relateNames } from './name-relation.ts'
import type { NameRelation } from './name-relation.ts'
import type { RepairRule } from './repair-phone.ts'
import type { Clue, ClueStrength } from './read-clues.ts'
import { mostWhenLimited, scoreEvidence, scoreTwoKeys, tierOf } from './score-evidence.ts'
import type { Tier } from './score-evidence.ts'
import { sharedClues } from './shared-clues.ts'

/** One thing that speaks for two contacts being one person, or against it. Lists of two stand in the order of the contacts. */
export type Reason<Id> =
  | {
      kind: Clue['kind']
      strength: ClueStrength
      fields: [string, string]
      /** As written. */
      values: [string, string]
      /** The repairs that made them equal. */
      rules: [RepairRule | null, RepairRule | null]
      /** How many contacts have the key, these two included. */
      holders: number
    }
  | { kind: 'name'; strength: NameRelation; fields: ['name', 'name']; values: [string | null, string | null] }
  /** Other contacts on the phone or e-mail `values`, whose names contradict. */
  | {
      kind: 'dispute'
      strength: Exclude<Dispute<Id>['kind'], 'none'>
      fields: [string, string]
      values: [string, string]
      others: Dispute<Id>['others']
    }
  | { kind: 'limit'; strength: Limit['kind']; count: number; scope: string | null }

export type Judgement<Id> = {
  tier: Tier
  /** 0 to 1: about how often such a pair is one person. */
  score: number
  /** Strongest first. */
  reasons: Reason<Id>[]
}

/**
 * Are two contacts worth suggesting as one person? Pure, and symmetric but for the sides of the reasons.
 * @param groupOf everybody who holds a key that both have (`groupHolders`), null for a hub
 * @returns null where nothing but a name, a hub or contradicting evidence joins them
 */
export function judgePair<Id>(
  a: KnownContact<Id>,
  b: KnownContact<Id>,
  groupOf: (key: string) => KeyGroup<Id> | null,
): Judgement<Id> | null {
  const shared = sharedClues(a, b)
  if (shared.length === 0) return null
  const relation = relateNames(a.folded, b.folded)
  const evidence = shared
    .flatMap((clue) => {
      const group = groupOf(clue.a.key)
      if (group === null) return []
      const { kind } = clue.a
      if (scoreEvidence(kind, clue.strength, relation, 'none') === 0) return []
      const dispute = isValue(clue.strength) ? weighDispute(group, a.id, b.id, isFirm(clue.strength)) : calm
      return [{ ...clue, group, dispute, score: scoreEvidence(kind, clue.strength, relation, dispute.kind) }]
    })
    .sort((x, y) => y.score - x.score)
  const [best] = evidence
  if (best === undefined) return null

  const limits = limitsOf(a, b)
  const open = isTwofold(evidence) ? Math.max(best.score, scoreTwoKeys(relation)) : best.score
  const score = limits.length > 0 ? Math.min(open, mostWhenLimited) : open
  const reasons: Reason<Id>[] = [
    ...evidence.map((clue): Reason<Id> => ({
      kind: clue.a.kind,
      strength: clue.strength,
      fields: [clue.a.field, clue.b.field],
      values: [clue.a.value, clue.b.value],
      rules: [clue.a.rule, clue.b.rule],
      holders: clue.group.holders.length,
    })),
    { kind: 'name', strength: relation, fields: ['name', 'name'], values: [a.name, b.name] },
    ...evidence.flatMap((clue): Reason<Id>[] => {
      const { kind, others } = clue.dispute
      if (kind === 'none' || others.length === 0) return []
      const { field, value } = clue.a
      return [{ kind: 'dispute', strength: kind, fields: [field, clue.b.field], values: [value, clue.b.value], others }]
    }),
    ...limits.map(({ kind, count, scope }): Reason<Id> => ({ kind: 'limit', strength: kind, count, scope })),
  ]
  return { tier: tierOf(score), score, reasons }
}

const calm: Dispute<never> = { kind: 'none', others: [] }

/** Is the key one phone or mailbox, whose other users tell something, rather than a resemblance or a task's inbox? */
function isValue(strength: ClueStrength): boolean {
  return !['role', 'sibling', 'ending', 'near'].includes(strength)
}

/** An e-mail and a phone or channel, each able to link alone. A channel's address may be the very phone, so these two count once. */
function isTwofold(evidence: { a: Clue; strength: ClueStrength }[]): boolean {
  const strong = evidence.filter(({ strength }) => strength === 'exact' || strength === 'repaired')
  return strong.some(({ a }) => a.kind === 'email') && strong.some(({ a }) => a.kind !== 'email')
}

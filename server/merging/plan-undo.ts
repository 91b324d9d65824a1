import { createHash } from 'node:crypto'
import type { FieldValue } from '#contract/fields.ts'
import type { UndoPlan } from '#contract/merging.ts'
import {
  fieldsOf,
  goldenValues,
  heldIn,
  oldestFirst,
  ownIn,
  type GoldenField,
  type GoldenValues,
} from '../contacts/golden-values.ts'
import type { StandingOp, Standing, TreeMember, Trees } from '../contacts/load-trees.ts'
import { statusOfState } from '../conversations/lock-state.ts'
import { pathUp, subtree } from './forest.ts'

/** What is known of what a merged contact has exchanged, by the member it was born on. */
export interface ExchangeFacts {
  /** The episode that is open, and on whom it was born. */
  readonly open: { readonly conversationId: number; readonly bornOn: number } | null
  /** Episodes that only a merge has ended, by the member they were born on. */
  readonly suspended: ReadonlyMap<number, number>
  /** Members on whom any episode was born. */
  readonly everOpened: ReadonlySet<number>
  /** Members who have written since the merge, and those who have written into the open episode since. */
  readonly heardSince: ReadonlySet<number>
  readonly heardInOpen: ReadonlySet<number>
}

/** One of the contacts that will stand for themselves. */
export interface UndoneSide {
  readonly rootId: number
  /** Everybody it will stand for, itself first. */
  readonly memberIds: readonly number[]
  readonly standing: Standing & {
    /** `new`: what it wrote came into an episode that goes to another, so it gets one of its own. */
    readonly conversationId: number | 'new' | null
  }
}

/** Everything an undo decides: the preview shows it, the act carries it out. */
export interface UndoDecision {
  readonly op: StandingOp
  /** The contact that is live now. */
  readonly root: TreeMember
  readonly rest: UndoneSide
  readonly returning: readonly UndoneSide[]
  /** What each contact of the tree will say. */
  readonly golden: ReadonlyMap<number, GoldenValues>
  /** The survivor and those that have absorbed it since, up to the live one: their values may be others. */
  readonly survivorPath: readonly number[]
  readonly goesBack: readonly {
    readonly field: GoldenField
    readonly from: FieldValue | null
    readonly to: FieldValue | null
  }[]
  /** Decided by a person since the merge, by the contact they were decided on. */
  readonly stays: readonly { readonly field: GoldenField; readonly contactId: number }[]
}

/** What becomes of a merged contact when one of its merges is taken out, whatever came before and after it. */
export function planUndo({ members, ops }: Trees, opId: number, facts: ExchangeFacts, now: Date): UndoDecision {
  const op = ops.find(({ id }) => id === opId)!
  const remaining = ops.filter(({ id }) => id !== opId)
  const byId = new Map(members.map((member) => [member.id, member]))
  const above = pathUp(ops, op.survivorId)
  const survivorPath = [op.survivorId, ...above.map(({ survivorId }) => survivorId)]
  const root = byId.get(survivorPath.at(-1)!)!
  const before = goldenValues(members, ops).get(root.id)!
  const golden = goldenValues(members, remaining)
  const after = golden.get(root.id)!
  const planSide = (rootId: number) => planStanding(rootId, { members, ops: remaining }, op, root, facts, now)
  return {
    op,
    root,
    rest: planSide(root.id),
    returning: oldestFirst(op.childIds, byId).map(planSide),
    golden,
    survivorPath,
    goesBack: fieldsOf([before, after]).flatMap((field) => {
      const [from, to] = [heldIn(before, field).value, heldIn(after, field).value]
      return from === to ? [] : [{ field, from, to }]
    }),
    stays: decidedSince(op, above, byId),
  }
}

/** The newest decision on each field: an edit of the survivor after the merge, or of whoever has absorbed it, after that. */
function decidedSince(
  op: StandingOp,
  above: readonly StandingOp[],
  byId: ReadonlyMap<number, TreeMember>,
): UndoDecision['stays'] {
  const steps = [op, ...above].map(({ survivorId, survivorVersion }) => ({ survivorId, survivorVersion }))
  return fieldsOf(steps.map(({ survivorId }) => byId.get(survivorId)!.own)).flatMap((field) => {
    const step = steps.findLast(
      ({ survivorId, survivorVersion }) => ownIn(byId.get(survivorId)!.own, field).version > survivorVersion,
    )
    return step === undefined ? [] : [{ field, contactId: step.survivorId }]
  })
}

function planStanding(
  rootId: number,
  trees: Trees,
  op: StandingOp,
  root: TreeMember,
  facts: ExchangeFacts,
  now: Date,
): UndoneSide {
  const memberIds = subtree(trees.ops, rootId)
  const heard = (by: ReadonlySet<number>) => memberIds.some((id) => by.has(id))
  const { open, closed, none } = statusOfState
  const still: Standing = { status: heard(facts.everOpened) ? closed : none, snoozedUntil: null }
  if (facts.open === null) return { rootId, memberIds, standing: { ...still, conversationId: null } }
  const { conversationId, bornOn } = facts.open
  if (memberIds.includes(bornOn)) {
    const present = { status: root.state.status, snoozedUntil: root.state.snoozedUntil?.toISOString() ?? null }
    const gone = [...trees.ops.filter(({ survivorId }) => !memberIds.includes(survivorId)), op]
    const standing = heard(facts.heardSince) ? present : asBefore(gone, conversationId, present, now)
    return { rootId, memberIds, standing: { ...standing, conversationId } }
  }
  const own = goingOn(rootId, trees, facts.suspended)
  if (own !== null) {
    const ended = [op, ...trees.ops].flatMap(({ before }) => before.ended)
    const until = ended.findLast((one) => one.conversationId === own)?.snoozedUntil ?? null
    const standing = heard(facts.heardSince) ? { status: open, snoozedUntil: null } : snoozedStill(until, now)
    return { rootId, memberIds, standing: { ...standing, conversationId: own } }
  }
  return heard(facts.heardInOpen)
    ? { rootId, memberIds, standing: { status: open, snoozedUntil: null, conversationId: 'new' } }
    : { rootId, memberIds, standing: { ...still, conversationId: null } }
}

/** The episode of a tree: its root's own, else that of the first it has absorbed that has one. */
function goingOn(rootId: number, trees: Trees, episodes: ReadonlyMap<number, number>): number | null {
  const own = episodes.get(rootId)
  if (own !== undefined) return own
  const byId = new Map(trees.members.map((member) => [member.id, member]))
  const children = trees.ops
    .filter(({ survivorId }) => survivorId === rootId)
    .toSorted((a, b) => a.id - b.id)
    .flatMap(({ childIds }) => oldestFirst(childIds, byId))
  for (const child of children) {
    const found = goingOn(child, trees, episodes)
    if (found !== null) return found
  }
  return null
}

/**
 * How the episode that goes on stood before the merges that no longer concern its contact, as far back as each of them
 * found it as the next one left it.
 */
function asBefore(gone: readonly StandingOp[], conversationId: number, present: Standing, now: Date): Standing {
  const same = (a: Standing, b: Standing) => a.status === b.status && a.snoozedUntil === b.snoozedUntil
  const before = gone
    .toSorted((a, b) => b.id - a.id)
    .reduce((standing, { before: { kept } }) => {
      const isMade = kept !== null && kept.conversationId === conversationId && same(standing, kept.made)
      return isMade ? kept.was : standing
    }, present)
  return same(before, present) || before.status !== statusOfState.snoozed
    ? before
    : snoozedStill(before.snoozedUntil, now)
}

function snoozedStill(until: string | null, now: Date): Standing {
  return until !== null && Date.parse(until) > now.getTime()
    ? { status: statusOfState.snoozed, snoozedUntil: until }
    : { status: statusOfState.open, snoozedUntil: null }
}

/** The same as long as the undo would do the same; how many messages there are does not matter. */
export function undoFingerprint(
  { op, root, rest, returning, goesBack, stays }: UndoDecision,
  wishes: { readonly before: UndoPlan['optOutsGone']; readonly rest: UndoPlan['optOutsGone'] },
): string {
  const decided = [
    op.id,
    root.id,
    [rest, ...returning].map(({ rootId, memberIds, standing }) => [rootId, memberIds, standing.conversationId]),
    goesBack.map(({ field, from, to }) => [field, from, to]),
    stays.map(({ field, contactId }) => [field, contactId]),
    root.row.blocked_at !== null,
    [wishes.before, wishes.rest].map((optOuts) => optOuts.map(({ channelId, scope }) => [channelId, scope])),
  ]
  return createHash('sha256').update(JSON.stringify(decided)).digest('base64url').slice(0, 22)
}

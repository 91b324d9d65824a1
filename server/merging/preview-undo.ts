import type { UndoPlan } from '#contract/merging.ts'
import { loadTrees, type Trees } from '../contacts/load-trees.ts'
import type { ReadContext, Reader, Tx } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { findPartedWishes } from './find-consequences.ts'
import { findFacts, type LastExchange } from './find-facts.ts'
import { findMerge, type FoundMerge } from './find-merge.ts'
import type { ParsedInput } from './parsed-input.ts'
import { planUndo, type UndoDecision } from './plan-undo.ts'
import { showUndo } from './show-undo.ts'

/** What undoing a merge would bring back and leave. */
export async function previewUndo(
  { deps, db, actor }: ReadContext,
  { mergeId }: ParsedInput<'undoPlan'>,
): Promise<UndoPlan> {
  const now = deps.clock.now()
  const merge = await findMerge(db, actor, mergeId, now)
  if (merge.undone) return fail('CONFLICT', { reason: 'undone' })
  const { trees, decision } = await decideUndo(db, actor.workspaceId, merge, now)
  const wishes = await findPartedWishes(db, actor.workspaceId, decision)
  return showUndo(db, actor.workspaceId, trees, decision, wishes)
}

/** Looks and decides. */
export async function decideUndo(
  db: Reader | Tx,
  workspaceId: number,
  merge: FoundMerge,
  now: Date,
): Promise<{
  trees: Trees
  decision: UndoDecision
  exchanges: ReadonlyMap<number, LastExchange>
}> {
  const trees = await loadTrees(db, workspaceId, [merge.rootId])
  const root = trees.members.find(({ id }) => id === merge.rootId)
  const op = trees.ops.find(({ id }) => id === merge.id)
  if (root === undefined || op === undefined) return fail('UNAVAILABLE')
  const ids = trees.members.map(({ id }) => id)
  const { facts, exchanges } = await findFacts(db, workspaceId, root, ids, op.before.lastMessageId)
  const decision = planUndo(trees, merge.id, facts, now)
  return { trees, decision, exchanges }
}

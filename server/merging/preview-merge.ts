import { can } from '#contract/policy.ts'
import type { MergePlan } from '#contract/merging.ts'
import { loadTrees, type Trees } from '../contacts/load-trees.ts'
import type { Actor, ReadContext, Reader, Tx } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { findConsequences, type Consequences } from './find-consequences.ts'
import { findEvidence, type Evidence } from './find-evidence.ts'
import { findRoots } from './find-roots.ts'
import type { ParsedInput } from './parsed-input.ts'
import { planMerge, type MergeDecision, type MergeWish } from './plan-merge.ts'
import { showPlan } from './show-plan.ts'

/** What a merge would do. */
export async function previewMerge({ deps, db, actor }: ReadContext, input: ParsedInput<'plan'>): Promise<MergePlan> {
  const wish = await findRoots(db, actor, input)
  const { decision, evidence } = await decideMerge(db, actor, wish, deps.clock.now())
  return showPlan(db, actor.workspaceId, decision, evidence)
}

/** Looks and decides; whoever may merge only what was suggested is refused anything else. */
export async function decideMerge(
  db: Reader | Tx,
  actor: Actor,
  wish: MergeWish,
  now: Date,
): Promise<{ decision: MergeDecision; evidence: Evidence & Consequences; trees: Trees }> {
  const evidence = await findEvidence(db, actor, wish.rootIds)
  if (!evidence.joined && !can(actor, 'merges.any')) return fail('FORBIDDEN', { reason: 'not-suggested' })
  const trees = await loadTrees(db, actor.workspaceId, wish.rootIds)
  const decision = planMerge(trees, wish, actor.memberId, now.toISOString())
  const consequences = await findConsequences(db, actor.workspaceId, decision)
  return { decision, evidence: { ...evidence, ...consequences }, trees }
}

import type { MergeBefore } from '../contacts/load-trees.ts'
import type { WriteContext } from '../http/endpoint.ts'
import type { ShownMerge } from './describe-merge.ts'
import type { Evidence } from './find-evidence.ts'
import type { MergeDecision } from './plan-merge.ts'

/** Writes the merge itself: the line of the history, and the edges that it consists of. Answers its number. */
export async function recordMerge(
  { tx, deps, actor, now }: WriteContext,
  decision: MergeDecision,
  evidence: Evidence,
  { shown, txt }: { shown: ShownMerge; txt: string },
): Promise<number> {
  const { workspaceId } = actor
  const { survivor, absorbed, ended, kept } = decision
  const id = await deps.numbers.next(workspaceId, 'merge')
  const lastMessageId = Math.max(...[survivor, ...absorbed].map(({ state }) => state.lastMessageId))
  const before: MergeBefore = {
    lastMessageId,
    mark: deps.clock.next(lastMessageId),
    ended,
    kept,
    profile: { name: survivor.row.profile_name, pictureUrl: survivor.row.picture_url },
  }
  await tx
    .with('op', (db) =>
      db.insertInto('merge_op').values({
        workspace_id: workspaceId,
        id,
        survivor_id: survivor.id,
        survivor_version: survivor.row.version + 1,
        merged_by: actor.memberId,
        merged_via: actor.via,
        merged_at: now,
        picks: JSON.stringify(decision.picks),
        reasons: JSON.stringify(evidence.reasons),
        before: JSON.stringify(before),
        shown: JSON.stringify(shown),
        txt,
      }),
    )
    .insertInto('merge_edge')
    .values(
      absorbed.map((child) => ({ workspace_id: workspaceId, op_id: id, child_id: child.id, parent_id: survivor.id })),
    )
    .execute()
  return id
}

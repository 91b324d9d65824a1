import { can, sees } from '#contract/policy.ts'
import type { Actor, Reader, Tx } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'

/** Whoever does not see the history may still take back what they have just done. */
const graceMs = 3_600_000

/** A merge as its undoing begins. */
export interface FoundMerge {
  readonly id: number
  readonly survivorId: number
  /** The contact that is live in its place. */
  readonly rootId: number
  readonly childIds: readonly number[]
  readonly undone: boolean
}

/** Finds a merge for a member who may undo it; whoever may not see each of its contacts learns nothing of it. */
export async function findMerge(db: Reader | Tx, actor: Actor, mergeId: number, now: Date): Promise<FoundMerge> {
  const { workspaceId } = actor
  const op = await db
    .selectFrom('merge_op as op')
    .select(['op.survivor_id', 'op.merged_by', 'op.merged_at', 'op.undone_at', 'op.final_at'])
    .where('op.workspace_id', '=', workspaceId)
    .where('op.id', '=', mergeId)
    .executeTakeFirst()
  if (op === undefined) return fail('NOT_FOUND')
  const contacts = await db
    .selectFrom('contact as c')
    .innerJoin('contact_state as own', (join) =>
      join.onRef('own.workspace_id', '=', 'c.workspace_id').onRef('own.contact_id', '=', 'c.id'),
    )
    .innerJoin('contact_state as live', (join) =>
      join
        .onRef('live.workspace_id', '=', 'c.workspace_id')
        .on('live.contact_id', '=', (eb) => eb.fn.coalesce('c.root_id', 'c.id')),
    )
    .select(['c.id', 'live.contact_id as rootId', 'live.assignee_id as assigneeId', 'live.team_id as teamId'])
    .select(['own.assignee_id as ownAssigneeId', 'own.team_id as ownTeamId'])
    .where('c.workspace_id', '=', workspaceId)
    .where((eb) =>
      eb.or([
        eb('c.id', '=', op.survivor_id),
        eb(
          'c.id',
          'in',
          eb
            .selectFrom('merge_edge')
            .select('child_id')
            .where('workspace_id', '=', workspaceId)
            .where('op_id', '=', mergeId),
        ),
      ]),
    )
    .execute()
  const survivor = contacts.find(({ id }) => id === op.survivor_id)
  const children = contacts.filter(({ id }) => id !== op.survivor_id)
  const visible = contacts.every(
    (one) => sees(actor, one) && sees(actor, { assigneeId: one.ownAssigneeId, teamId: one.ownTeamId }),
  )
  if (!visible) return fail('NOT_FOUND')
  if (!can(actor, 'merges.undoFromHistory')) {
    if (op.merged_by !== actor.memberId) return fail('FORBIDDEN', { reason: 'not-yours' })
    if (now.getTime() - op.merged_at.getTime() > graceMs) return fail('FORBIDDEN', { reason: 'too-late' })
  }
  if (op.final_at !== null || survivor === undefined) return fail('CONFLICT', { reason: 'final' })
  return {
    id: mergeId,
    survivorId: op.survivor_id,
    rootId: survivor.rootId,
    childIds: children.map(({ id }) => id),
    undone: op.undone_at !== null,
  }
}

import { sql } from 'kysely'
import type { Run } from '#contract/workflows.ts'
import { activityActor } from '../conversations/actor-of.ts'
import { lockVisibleState } from '../conversations/lock-state.ts'
import type { ReadContext, WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { enterRun, holdPublished, triggerOf } from './enter-run.ts'
import { loadRuns, showRun } from './load-runs.ts'
import type { ParsedInput } from './parsed-input.ts'

/** The workflows that a member may start for a contact. */
export async function listStartable({
  db,
  actor: { workspaceId },
}: ReadContext): Promise<{ items: { id: number; name: string }[] }> {
  const { rows } = await sql<{ id: number; name: string }>`
    select w.id, w.name from workflow w
    join workflow_version v on v.workspace_id = w.workspace_id and v.workflow_id = w.id and v.version = w.version
    where w.workspace_id = ${workspaceId} and w.stopped_at is null and w.removed_at is null
      and v.definition->'triggers' @> '[{"kind":"manual"}]'
    order by w.name_key`.execute(db)
  return { items: rows }
}

/** Starts a workflow by hand for a contact that the member sees. */
export async function startRun(
  { tx, deps, actor, live }: WriteContext,
  { workflowId, contactId: asked }: ParsedInput<'start'>,
): Promise<Run> {
  const { workspaceId } = actor
  const published = await holdPublished(tx, workspaceId, workflowId)
  if (published === 'unknown') return fail('NOT_FOUND')
  if (published === 'not-published') return fail('CONFLICT', { reason: published })
  const trigger = triggerOf(published, 'manual')
  if (trigger === undefined) return fail('CONFLICT', { reason: 'not-manual' })
  const state = await lockVisibleState(tx, actor, asked)
  const entered = await enterRun(tx, deps, published, trigger, state, { by: activityActor(actor) })
  if (typeof entered === 'string') return fail('CONFLICT', { reason: entered })
  live({ event: { type: 'workflows', workflowId }, seenBy: null })
  live({
    event: { type: 'contact', contactId: state.contactId, cause: 'workflow', memberId: actor.memberId },
    seenBy: [{ assigneeId: state.assigneeId, teamId: state.teamId }],
  })
  const [row] = await loadRuns(tx, workspaceId, sql`r.id = ${entered.runId}`, 1)
  return row === undefined ? fail('NOT_FOUND') : showRun(row)
}

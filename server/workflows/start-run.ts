import { sql } from 'kysely'
import type { Definition, Run } from '#contract/workflows.ts'
import { loadFilterContext } from '../contacts/filter/load-filter-context.ts'
import { activityActor } from '../conversations/actor-of.ts'
import { lockVisibleState } from '../conversations/lock-state.ts'
import type { ReadContext, Tx, WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { beginRuns } from './begin-runs.ts'
import { ringRuns } from './bell.ts'
import { loadRuns, showRun } from './load-runs.ts'
import type { ParsedInput } from './parsed-input.ts'
import { makeProgram } from './program.ts'

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
  { tx, deps, actor, now, live }: WriteContext,
  { workflowId, contactId: asked }: ParsedInput<'start'>,
): Promise<Run> {
  const { workspaceId } = actor
  const workflow = await holdPublished(tx, workspaceId, workflowId)
  const trigger = workflow.definition.triggers.find(({ kind }) => kind === 'manual')
  if (trigger === undefined) return fail('CONFLICT', { reason: 'not-manual' })
  const state = await lockVisibleState(tx, actor, asked)
  const { contactId } = state
  if (state.blocked) return fail('CONFLICT', { reason: 'blocked' })
  const active = sql<boolean>`r.workflow_id = ${workflowId} and r.contact_id = ${contactId} and r.ended_at is null`
  if ((await loadRuns(tx, workspaceId, active, 1)).length > 0) return fail('CONFLICT', { reason: 'running' })
  const { first } = makeProgram(workflow.definition.steps)
  const { name, version } = workflow
  const entrance = { workspaceId, workflowId, name, version, first, trigger: trigger.kind, filter: trigger.filter }
  const context = await loadFilterContext(tx, workspaceId, now)
  const [begun] = await beginRuns(tx, deps, entrance, context, [{ contactId, by: activityActor(actor), depth: 0 }])
  if (begun === undefined) return fail('CONFLICT', { reason: 'conditions' })
  live({ event: { type: 'workflows', workflowId }, seenBy: null })
  live({
    event: { type: 'contact', contactId, cause: 'workflow', memberId: actor.memberId },
    seenBy: [{ assigneeId: state.assigneeId, teamId: state.teamId }],
  })
  await ringRuns(tx)
  const [row] = await loadRuns(tx, workspaceId, sql`r.id = ${begun.runId}`, 1)
  return row === undefined ? fail('NOT_FOUND') : showRun(row)
}

/** A workflow in force with what it does; it is neither stopped nor published anew until the transaction ends. */
async function holdPublished(
  tx: Tx,
  workspaceId: number,
  workflowId: number,
): Promise<{ name: string; version: number; definition: Definition }> {
  const { rows } = await sql<{ name: string; version: number; stopped: boolean; definition: Definition }>`
    select w.name, w.version, w.stopped_at is not null as stopped, v.definition from workflow w
    left join workflow_version v on v.workspace_id = w.workspace_id and v.workflow_id = w.id and v.version = w.version
    where w.workspace_id = ${workspaceId} and w.id = ${workflowId} and w.removed_at is null for share of w`.execute(tx)
  const [row] = rows
  if (row === undefined) return fail('NOT_FOUND')
  return row.version === null || row.stopped ? fail('CONFLICT', { reason: 'not-published' }) : row
}

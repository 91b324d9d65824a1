import type { RunEnd } from '#contract/workflow-words.ts'
import type { Workflow } from '#contract/workflows.ts'
import { recordAudit } from '../activity/record-audit.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { ringRuns } from './bell.ts'
import { loadWorkflow } from './load-workflows.ts'
import { lockWorkflow } from './lock-workflow.ts'
import type { ParsedInput } from './parsed-input.ts'

/** Nobody enters any more; those who are in it go on, or stop before their next step. Stopping what is stopped changes nothing. */
export async function stopWorkflow(
  context: WriteContext,
  { workflowId, runs }: ParsedInput<'stop'>,
): Promise<Workflow> {
  const { tx, deps, actor, now, live } = context
  const { workspaceId, memberId } = actor
  const row = await lockWorkflow(tx, workspaceId, workflowId)
  if (row.version === null) return fail('CONFLICT', { reason: 'not-published' })
  if (row.stopped_at === null) {
    await nobodyEnters(context, workflowId)
    await tx
      .updateTable('workflow')
      .set({ stopped_at: now, stopped_by: memberId })
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', workflowId)
      .execute()
    await recordAudit(tx, deps.clock, actor, 'workflowStopped', { workflowId, name: row.name })
  }
  if (runs === 'stop') await haltRuns(context, workflowId, 'workflowStopped')
  live({ event: { type: 'workflows', workflowId: null }, seenBy: null })
  return loadWorkflow(tx, deps, workspaceId, workflowId)
}

/** Takes it away; what it did stays in the records. */
export async function removeWorkflow(
  context: WriteContext,
  { workflowId }: ParsedInput<'remove'>,
): Promise<Record<string, never>> {
  const { tx, deps, actor, now, live } = context
  const { workspaceId, memberId } = actor
  const row = await lockWorkflow(tx, workspaceId, workflowId)
  await nobodyEnters(context, workflowId)
  await haltRuns(context, workflowId, 'workflowRemoved')
  await tx
    .updateTable('workflow')
    .set({ removed_at: now, removed_by: memberId, secrets: null, hook_hash: null })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', workflowId)
    .execute()
  await recordAudit(tx, deps.clock, actor, 'workflowRemoved', { workflowId, name: row.name })
  live({ event: { type: 'workflows', workflowId: null }, seenBy: null })
  return {}
}

/** Stops everybody who is in it; others may enter. */
export async function stopRuns(context: WriteContext, { workflowId }: ParsedInput<'stopRuns'>): Promise<Workflow> {
  const { tx, deps, actor, live } = context
  const { name } = await lockWorkflow(tx, actor.workspaceId, workflowId)
  await haltRuns(context, workflowId, 'stopped')
  await recordAudit(tx, deps.clock, actor, 'workflowRunsStopped', { workflowId, name })
  live({ event: { type: 'workflows', workflowId: null }, seenBy: null })
  return loadWorkflow(tx, deps, actor.workspaceId, workflowId)
}

const nobodyEnters = ({ tx, actor }: WriteContext, workflowId: number) =>
  tx
    .deleteFrom('workflow_trigger')
    .where('workspace_id', '=', actor.workspaceId)
    .where('workflow_id', '=', workflowId)
    .execute()

/** However many they are: none of them does another step from now on, and soon after each is said to have ended. */
async function haltRuns({ tx, deps, actor }: WriteContext, workflowId: number, end: RunEnd): Promise<void> {
  await tx
    .updateTable('workflow')
    .set({ halted_before: deps.clock.next(), halt_reason: end, halted_by: actor.memberId })
    .where('workspace_id', '=', actor.workspaceId)
    .where('id', '=', workflowId)
    .execute()
  await ringRuns(tx)
}

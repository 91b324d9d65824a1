import type { Definition, Trigger, Workflow } from '#contract/workflows.ts'
import { recordAudit } from '../activity/record-audit.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { checkDefinition } from './check-definition.ts'
import { refuseStale } from './edit-workflow.ts'
import { loadKnown } from './load-known.ts'
import { loadWorkflow } from './load-workflows.ts'
import { lockWorkflow } from './lock-workflow.ts'
import type { ParsedInput } from './parsed-input.ts'
import { openWorkflow } from './secrets.ts'

/** Puts a draft in force. Publishing what is in force already changes nothing. */
export async function publishWorkflow(
  { tx, deps, actor, now, live }: WriteContext,
  { workflowId, revision }: ParsedInput<'publish'>,
): Promise<Workflow> {
  const { workspaceId } = actor
  const row = await lockWorkflow(tx, workspaceId, workflowId)
  refuseStale(row.revision, revision)
  const draft = row.draft as unknown as Definition
  const secrets = openWorkflow(deps.config.secret, { workspaceId, workflowId }, row.secrets)
  const problems = checkDefinition(draft, await loadKnown(tx, workspaceId, now), secrets)
  if (problems.length > 0) return fail('BAD_REQUEST', { fields: problems })
  const version = (row.version ?? 0) + 1
  await tx
    .insertInto('workflow_version')
    .values({
      workspace_id: workspaceId,
      workflow_id: workflowId,
      version,
      definition: JSON.stringify(draft),
      secrets: row.secrets,
      published_at: now,
      published_by: actor.memberId,
    })
    .execute()
  await tx
    .updateTable('workflow')
    .set({ version, stopped_at: null, stopped_by: null })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', workflowId)
    .execute()
  const here = tx.deleteFrom('workflow_trigger').where('workspace_id', '=', workspaceId)
  await here.where('workflow_id', '=', workflowId).execute()
  const heard = draft.triggers.flatMap((trigger, place) => {
    const hears = heardBy(trigger)
    return hears === null ? [] : [{ workspace_id: workspaceId, workflow_id: workflowId, place, ...hears }]
  })
  if (heard.length > 0) await tx.insertInto('workflow_trigger').values(heard).execute()
  await recordAudit(tx, deps.clock, actor, 'workflowPublished', { workflowId, name: row.name })
  live({ event: { type: 'workflows', workflowId: null }, seenBy: null })
  return loadWorkflow(tx, deps, workspaceId, workflowId)
}

/** The kind of activity that a trigger hears of, and what of it; null for one that is set off otherwise. */
function heardBy(trigger: Trigger): { kind: string; subjects: string[] | null } | null {
  const named = (ids: readonly (number | string)[]) => (ids.length === 0 ? null : ids.map(String))
  switch (trigger.kind) {
    case 'conversationOpened':
      return { kind: 'opened', subjects: null }
    case 'conversationClosed':
      return { kind: 'closed', subjects: null }
    case 'tagAdded':
    case 'tagRemoved':
      return { kind: trigger.kind, subjects: named(trigger.tagIds) }
    case 'fieldChanged':
      return { kind: 'fieldChanged', subjects: named(trigger.fields) }
    case 'lifecycleChanged':
      return { kind: 'fieldChanged', subjects: ['lifecycle'] }
    case 'manual':
    case 'webhook':
      return null
  }
}

import type { Workflow } from '#contract/workflows.ts'
import { recordAudit } from '../activity/record-audit.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { hookUrl, loadWorkflow } from './load-workflows.ts'
import { lockWorkflow, refuseTaken } from './lock-workflow.ts'
import type { ParsedInput } from './parsed-input.ts'
import { hashHook, makeHook, openWorkflow, sealWorkflow } from './secrets.ts'
import { readWorkflowName } from './workflow-name.ts'

/** Calls it otherwise. Asking again changes nothing. */
export async function renameWorkflow(
  { tx, deps, actor, live }: WriteContext,
  { workflowId, name: typed }: ParsedInput<'rename'>,
): Promise<Workflow> {
  const { workspaceId } = actor
  const named = readWorkflowName(typed)
  const before = await lockWorkflow(tx, workspaceId, workflowId)
  await refuseTaken(tx, workspaceId, named.name_key, workflowId)
  if (before.name !== named.name) {
    await tx
      .updateTable('workflow')
      .set(named)
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', workflowId)
      .execute()
    const [from, to] = [{ name: before.name }, { name: named.name }]
    await recordAudit(tx, deps.clock, actor, 'workflowRenamed', { workflowId, name: named.name, from, to })
    live({ event: { type: 'workflows', workflowId }, seenBy: null })
  }
  return loadWorkflow(tx, deps, workspaceId, workflowId)
}

/** Another address for programs to post to; the one before is good for nothing. */
export async function renewHook(
  { tx, deps, actor, live }: WriteContext,
  { workflowId }: ParsedInput<'renewHook'>,
): Promise<{ hookUrl: string }> {
  const { workspaceId } = actor
  const { config } = deps
  const owner = { workspaceId, workflowId }
  const { secrets } = await lockWorkflow(tx, workspaceId, workflowId)
  const hook = makeHook()
  await tx
    .updateTable('workflow')
    .set({
      secrets: sealWorkflow(config.secret, owner, { ...openWorkflow(config.secret, owner, secrets), hook }),
      hook_hash: hashHook(hook),
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', workflowId)
    .execute()
  live({ event: { type: 'workflows', workflowId }, seenBy: null })
  return { hookUrl: hookUrl(config, hook) }
}

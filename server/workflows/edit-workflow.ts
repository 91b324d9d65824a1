import type { Workflow } from '#contract/workflows.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { loadWorkflow } from './load-workflows.ts'
import { lockWorkflow } from './lock-workflow.ts'
import type { ParsedInput } from './parsed-input.ts'
import { putAway } from './secrets.ts'

/** Puts another draft in place of the one that somebody saw. */
export async function editWorkflow(
  { tx, deps, actor, live }: WriteContext,
  { workflowId, revision, draft }: ParsedInput<'edit'>,
): Promise<Workflow> {
  const { workspaceId } = actor
  const before = await lockWorkflow(tx, workspaceId, workflowId)
  refuseStale(before.revision, revision)
  await tx
    .updateTable('workflow')
    .set({
      ...putAway(deps.config.secret, { workspaceId, workflowId }, draft, before.secrets),
      revision: revision + 1,
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', workflowId)
    .execute()
  live({ event: { type: 'workflows', workflowId }, seenBy: null })
  return loadWorkflow(tx, deps, workspaceId, workflowId)
}

/** Fails STALE where somebody else has drawn it up anew since. */
export function refuseStale(current: number, seen: number): void {
  if (current !== seen) fail('STALE', { fields: [{ field: 'revision', current, by: null, at: null }] })
}

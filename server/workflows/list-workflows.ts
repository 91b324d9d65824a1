import type { Definition, Workflow, WorkflowRow } from '#contract/workflows.ts'
import type { ReadContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { loadRows, loadWorkflow } from './load-workflows.ts'
import type { ParsedInput } from './parsed-input.ts'

/** Every workflow of the workspace. */
export const listWorkflows = async ({ db, actor }: ReadContext): Promise<{ items: WorkflowRow[] }> => ({
  items: await loadRows(db, actor.workspaceId),
})

export const getWorkflow = ({ db, deps, actor }: ReadContext, input: ParsedInput<'get'>): Promise<Workflow> =>
  loadWorkflow(db, deps, actor.workspaceId, input.workflowId)

/** What was published under a number, also of a workflow that is gone. */
export async function getVersion(
  { db, actor }: ReadContext,
  { workflowId, version }: ParsedInput<'version'>,
): Promise<{ definition: Definition; publishedAt: string; publishedBy: string | null }> {
  const row = await db
    .selectFrom('workflow_version as v')
    .leftJoin('member', (join) =>
      join.onRef('member.workspace_id', '=', 'v.workspace_id').onRef('member.id', '=', 'v.published_by'),
    )
    .select(['v.definition', 'v.published_at', 'member.name'])
    .where('v.workspace_id', '=', actor.workspaceId)
    .where('v.workflow_id', '=', workflowId)
    .where('v.version', '=', version)
    .executeTakeFirst()
  if (row === undefined) return fail('NOT_FOUND')
  return {
    definition: row.definition as unknown as Definition,
    publishedAt: row.published_at.toISOString(),
    publishedBy: row.name,
  }
}

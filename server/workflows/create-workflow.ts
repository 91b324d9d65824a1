import { mostWorkflows } from '#contract/workflow-words.ts'
import type { Definition, Workflow } from '#contract/workflows.ts'
import { recordAudit } from '../activity/record-audit.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { loadWorkflow } from './load-workflows.ts'
import { lockWorkflow } from './lock-workflow.ts'
import type { ParsedInput } from './parsed-input.ts'
import { putAway } from './secrets.ts'
import { readWorkflowName } from './workflow-name.ts'

const nothing: Definition = { triggers: [], steps: [] }

/** Makes a workflow that nobody enters yet. */
export async function createWorkflow(context: WriteContext, input: ParsedInput<'create'>): Promise<Workflow> {
  return make(context, input.name, input.draft ?? nothing)
}

/** Makes another one of a draft. Its secrets are typed anew: they were given for the first alone. */
export async function duplicateWorkflow(context: WriteContext, input: ParsedInput<'duplicate'>): Promise<Workflow> {
  const { draft } = await lockWorkflow(context.tx, context.actor.workspaceId, input.workflowId)
  return make(context, input.name, draft as unknown as Definition)
}

async function make({ tx, deps, actor, live }: WriteContext, typed: string, draft: Definition): Promise<Workflow> {
  const { workspaceId } = actor
  const named = readWorkflowName(typed)
  const { count } = await tx
    .selectFrom('workflow')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('workspace_id', '=', workspaceId)
    .where('removed_at', 'is', null)
    .executeTakeFirstOrThrow()
  if (count >= mostWorkflows) return fail('CONFLICT', { reason: 'too-many' })
  const workflowId = await deps.numbers.next(workspaceId, 'workflow')
  const made = await tx
    .insertInto('workflow')
    .values({
      workspace_id: workspaceId,
      id: workflowId,
      ...named,
      ...putAway(deps.config.secret, { workspaceId, workflowId }, draft, null),
      created_by: actor.memberId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (made === undefined) return fail('CONFLICT', { reason: 'name-taken', field: 'name' })
  await recordAudit(tx, deps.clock, actor, 'workflowCreated', { workflowId, name: named.name })
  live({ event: { type: 'workflows', workflowId }, seenBy: null })
  return loadWorkflow(tx, deps, workspaceId, workflowId)
}

import { sql, type RawBuilder } from 'kysely'
import type { TriggerKind } from '#contract/workflow-words.ts'
import type { Filter } from '#contract/filter.ts'
import { recordActivity, type ActivityActor } from '../activity/record-activity.ts'
import { compileFilter } from '../contacts/filter/compile-filter.ts'
import type { FilterContext } from '../contacts/filter/filter-plan.ts'
import { planFilter } from '../contacts/filter/plan-filter.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'

/** A workflow that contacts are to enter. */
export interface Entrance {
  readonly workspaceId: number
  readonly workflowId: number
  readonly name: string
  readonly version: number
  readonly first: string | null
  readonly trigger: TriggerKind
  readonly filter: Filter
}

export interface Candidate {
  readonly contactId: number
  readonly by: Pick<ActivityActor, 'type' | 'id'>
  readonly depth: number
  readonly values?: Readonly<Record<string, string>>
}

/**
 * Lets those of the candidates in whose conditions hold: who stands for themself, is not blocked and is not in the workflow yet.
 * Their locks are held, so that nobody blocks them meanwhile. One statement for all of them. Answers who entered.
 */
export async function beginRuns(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  entrance: Entrance,
  context: FilterContext,
  candidates: readonly Candidate[],
): Promise<{ runId: number; contactId: number }[]> {
  const { workspaceId, workflowId, name } = entrance
  const { rows } = await sql<{ id: number; contact_id: number }>`
    insert into workflow_run (workspace_id, id, workflow_id, version, contact_id, trigger_kind, by_type, by_id, depth,
      step_id, vals)
    select c.workspace_id, entering.id, ${workflowId}::bigint, ${entrance.version}::integer, c.id, ${entrance.trigger},
      entering.by_type, entering.by_id, entering.depth, ${entrance.first}, entering.vals
    from unnest(${candidates.map(() => deps.clock.next())}::bigint[],
      ${candidates.map(({ contactId }) => contactId)}::bigint[], ${candidates.map(({ by }) => by.type)}::text[],
      ${candidates.map(({ by }) => by.id)}::bigint[], ${candidates.map(({ depth }) => depth)}::smallint[],
      ${candidates.map(({ values = {} }) => JSON.stringify(values))}::jsonb[])
      entering (id, contact_id, by_type, by_id, depth, vals)
    join contact c on c.workspace_id = ${workspaceId} and c.id = entering.contact_id
    join contact_state s on s.workspace_id = c.workspace_id and s.contact_id = c.id
    where c.root_id is null and c.blocked_at is null and ${conditionsOf(entrance.filter, context)}
    on conflict (workspace_id, workflow_id, contact_id) where ended_at is null do nothing
    returning id, contact_id`.execute(tx)
  await recordActivity(
    tx,
    deps.clock,
    workspaceId,
    rows.map(({ id: runId, contact_id: contactId }) => ({
      contactId,
      kind: 'workflowStarted',
      actor: { type: 'workflow', id: workflowId },
      data: { workflowId, runId, name },
    })),
  )
  return rows.map(({ id, contact_id: contactId }) => ({ runId: id, contactId }))
}

/** A filter that asks for what the workspace no longer has holds for nobody. */
export function conditionsOf(filter: Filter, context: FilterContext): RawBuilder<boolean> {
  const { plan, problems } = planFilter(filter, context)
  return problems.length > 0 ? sql<boolean>`false` : compileFilter(plan)
}

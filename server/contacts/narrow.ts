import type { Filter, Narrowing } from '#contract/filter.ts'
import type { Reader, Tx } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import type { Plan } from './filter/filter-plan.ts'
import { loadFilterContext } from './filter/load-filter-context.ts'
import { planFilter } from './filter/plan-filter.ts'

/** The filter and the segment of a list as one plan. Fails BAD_REQUEST naming the condition, NOT_FOUND without the segment. */
export async function planNarrowing(
  db: Reader | Tx,
  workspaceId: number,
  { filter, segmentId }: Pick<Narrowing, 'filter' | 'segmentId'>,
  now: Date,
): Promise<Plan> {
  if (filter === undefined && segmentId === undefined) return { all: [] }
  const context = await loadFilterContext(db, workspaceId, now)
  const asked = [
    ...(filter === undefined ? [] : [planFilter(filter, context)]),
    ...(segmentId === undefined
      ? []
      : [planFilter(await loadSegment(db, workspaceId, segmentId), context, 'segmentId')]),
  ]
  const problems = asked.flatMap((one) => one.problems)
  if (problems.length > 0) return fail('BAD_REQUEST', { fields: problems })
  return { all: asked.map(({ plan }) => plan) }
}

async function loadSegment(db: Reader | Tx, workspaceId: number, segmentId: number): Promise<Filter> {
  const segment = await db
    .selectFrom('segment')
    .select('filter')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', segmentId)
    .executeTakeFirst()
  return segment === undefined ? fail('NOT_FOUND') : (segment.filter as unknown as Filter)
}

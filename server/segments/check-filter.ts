import type { Filter } from '#contract/filter.ts'
import { loadFilterContext } from '../contacts/filter/load-filter-context.ts'
import { planFilter } from '../contacts/filter/plan-filter.ts'
import type { Tx } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'

/** Fails BAD_REQUEST naming each condition that makes no sense in this workspace. */
export async function checkFilter(tx: Tx, workspaceId: number, filter: Filter): Promise<void> {
  const { problems } = planFilter(filter, await loadFilterContext(tx, workspaceId, new Date()))
  if (problems.length > 0) fail('BAD_REQUEST', { fields: problems })
}

import type { FilterContext } from '../contacts/filter/filter-plan.ts'
import { loadFilterContext } from '../contacts/filter/load-filter-context.ts'
import type { Tx } from '../http/endpoint.ts'

/** A field that was just made is not asked for before it is known. */
const freshMs = 1000

export type FilterContexts = (tx: Tx, workspaceId: number, now: Date) => Promise<FilterContext>

/** What filters are read with, asked for once a second and workspace at most, however many runs branch. */
export function openFilterContexts(): FilterContexts {
  const known = new Map<number, { context: FilterContext; until: number }>()
  return async (tx, workspaceId, now) => {
    const found = known.get(workspaceId)
    if (found !== undefined && found.until > now.getTime()) return { ...found.context, now }
    const context = await loadFilterContext(tx, workspaceId, now)
    known.set(workspaceId, { context, until: now.getTime() + freshMs })
    return context
  }
}

import type { Deps } from '../deps.ts'
import { flushSearch } from './flush-search.ts'
import { tidyField } from './tidy-field.ts'
import { findAnew, walkHolders } from './walk-holders.ts'

/** Puts this slice's acts behind their doorbells. */
export async function startContactJobs(deps: Deps): Promise<void> {
  await deps.jobs.work('tidy-field', (field, signal) => tidyField(deps, field, signal))
  await deps.jobs.work('find-by-field', (field, signal) =>
    walkHolders(deps, field, signal, (tx, { rootIds }) => findAnew(tx, field.workspaceId, rootIds)),
  )
  await deps.jobs.work('flush-search-index', () => flushSearch(deps))
}

import type { Deps } from '../deps.ts'
import { flushSearch } from './flush-search.ts'
import { tidyField } from './tidy-field.ts'

/** Puts this slice's acts behind their doorbells. */
export async function startContactJobs(deps: Deps): Promise<void> {
  await deps.jobs.work('tidy-field', (field, signal) => tidyField(deps, field, signal))
  await deps.jobs.work('flush-search-index', () => flushSearch(deps))
}

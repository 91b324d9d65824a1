import type { Deps } from '../deps.ts'
import { tidyTagOfAll } from './tidy-tag.ts'

/** Puts this slice's acts behind their doorbells. */
export async function startTagJobs(deps: Deps): Promise<void> {
  await deps.jobs.work('tidy-tag', (tag, signal) => tidyTagOfAll(deps, tag, signal))
}

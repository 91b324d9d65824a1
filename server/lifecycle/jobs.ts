import type { Deps } from '../deps.ts'
import { tidyStage } from './tidy-stage.ts'

/** Puts this slice's acts behind their doorbells. */
export async function startLifecycleJobs(deps: Deps): Promise<void> {
  await deps.jobs.work('tidy-stage', (stage, signal) => tidyStage(deps, stage, signal))
}

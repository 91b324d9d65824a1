import type { Deps } from '../deps.ts'
import { clearRuns } from './clear-runs.ts'

/** Puts this slice's acts behind their doorbells. What is led through a workflow needs none: see `runner.ts`. */
export async function startWorkflowJobs(deps: Deps): Promise<void> {
  await deps.jobs.work('clear-runs', (_all, signal) => clearRuns(deps, deps.clock.now(), signal))
}

import type { Deps } from '../deps.ts'
import { closeCycles } from './close-cycles.ts'

/** Puts this slice's acts behind their doorbells. */
export async function startUsageJobs(deps: Deps): Promise<void> {
  await deps.jobs.work('close-cycles', (_all, signal) => closeCycles(deps, signal))
}

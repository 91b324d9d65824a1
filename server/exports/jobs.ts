import type { Deps } from '../deps.ts'
import { dropOldExports } from './drop-exports.ts'

/** Puts this slice's acts behind their doorbells. */
export async function startExportJobs(deps: Deps): Promise<void> {
  await deps.jobs.work('drop-exports', (_all, signal) => dropOldExports(deps, deps.clock.now(), signal))
}

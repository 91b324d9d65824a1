import type { Deps } from '../deps.ts'
import { countSegments } from './count-segments.ts'

/** Puts this slice's acts behind their doorbells. */
export async function startSegmentJobs(deps: Deps): Promise<void> {
  await deps.jobs.work('count-segments', (workspace, signal) => countSegments(deps, workspace, signal))
}

import type { Deps } from '../deps.ts'
import type { BulkActs } from './bulk-act.ts'
import { runJob } from './run-job.ts'

/** Puts every kind of act on many contacts behind its doorbell. */
export async function startBulkJobs(deps: Deps, acts: BulkActs): Promise<void> {
  await deps.jobs.work('run-bulk-job', (job, signal) => runJob(deps, acts, job, signal))
}

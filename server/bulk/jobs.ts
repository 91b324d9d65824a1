import type { Deps } from '../deps.ts'
import type { BulkActs } from './bulk-act.ts'
import { runJob } from './run-job.ts'

/** Puts every kind of act on many contacts behind its doorbell, and goes on at once with those that a process left behind. */
export async function startBulkJobs(deps: Deps, acts: BulkActs): Promise<void> {
  await deps.jobs.work('run-bulk-job', (job, signal) => runJob(deps, acts, job, signal))
  const left = await deps.db
    .selectFrom('bulk_job')
    .select(['workspace_id', 'id'])
    .where('ended_at', 'is', null)
    .limit(1000)
    .execute()
  for (const { workspace_id, id } of left)
    await deps.jobs.ring('run-bulk-job', { workspaceId: workspace_id, jobId: id })
}

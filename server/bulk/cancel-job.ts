import type { BulkJob, BulkKind } from '#contract/bulk.ts'
import { recordAudit } from '../activity/record-audit.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { getJob } from './list-jobs.ts'
import { fail } from '../http/fail.ts'

/** Has a job of one of these kinds stop before its next batch. One that has ended stays as it is. */
export const cancelJob =
  (...kinds: readonly BulkKind[]) =>
  async ({ deps, tx, actor, now, live, enqueue }: WriteContext, { jobId }: { jobId: number }): Promise<BulkJob> => {
    const { workspaceId } = actor
    const job = await getJob({ deps, db: tx, actor }, { jobId })
    if (!kinds.includes(job.kind)) return fail('NOT_FOUND')
    const stopped = await tx
      .updateTable('bulk_job')
      .set({ cancelled_at: now, cancelled_by: actor.memberId })
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', jobId)
      .where('ended_at', 'is', null)
      .where('cancelled_at', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (stopped === undefined) return job
    await recordAudit(tx, deps.clock, actor, 'bulkJobCancelled', { jobId, to: { act: job.kind } })
    await enqueue('run-bulk-job', { workspaceId, jobId })
    live({ event: { type: 'bulk', jobId }, seenBy: null })
    return getJob({ deps, db: tx, actor }, { jobId })
  }

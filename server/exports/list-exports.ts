import type { BulkJob } from '#contract/bulk.ts'
import type { Export } from '#contract/exports.ts'
import { getJob, listJobs } from '../bulk/list-jobs.ts'
import type { ReadContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { daysKept } from './drop-exports.ts'
import type { ParsedInput } from './parsed-input.ts'

/** One page of the workspace's exports, newest first. */
export async function listExports(
  context: ReadContext,
  { cursor, limit }: ParsedInput<'list'>,
): Promise<{ items: Export[]; next: string | null }> {
  const { items, next } = await listJobs(context, { kind: 'export', cursor, limit })
  return { items: await withFiles(context, items), next }
}

/** One export. */
export async function getExport(context: ReadContext, { jobId }: ParsedInput<'get'>): Promise<Export> {
  const [found] = await withFiles(context, [await getJob(context, { jobId })])
  return found ?? fail('NOT_FOUND')
}

async function withFiles({ db, actor }: ReadContext, jobs: readonly BulkJob[]): Promise<Export[]> {
  if (jobs.length === 0) return []
  const { workspaceId } = actor
  const rows = await db
    .selectFrom('export')
    .select(['job_id', 'format', 'made_at', 'dropped_because'])
    .where('workspace_id', '=', workspaceId)
    .where(
      'job_id',
      'in',
      jobs.map(({ id }) => id),
    )
    .execute()
  return jobs.flatMap((job) => {
    const row = rows.find(({ job_id }) => job_id === job.id)
    if (row === undefined) return []
    const gone = job.state === 'cancelled' ? 'cancelled' : (row.dropped_because as Export['gone'])
    return [
      {
        job,
        format: row.format as Export['format'],
        url: job.state === 'done' && gone === null ? `/exports/${workspaceId}/${job.id}` : null,
        keptUntil: new Date(row.made_at.getTime() + daysKept * 24 * 3600 * 1000).toISOString(),
        gone,
      },
    ]
  })
}

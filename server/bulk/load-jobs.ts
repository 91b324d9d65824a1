import { sql, type RawBuilder } from 'kysely'
import type { BulkJob, BulkKind, BulkState, Chosen } from '#contract/bulk.ts'
import type { Reader, Tx } from '../http/endpoint.ts'

type Result = NonNullable<BulkJob['result']>

interface Row {
  id: number
  kind: BulkKind
  chosen: Chosen
  total: number
  done: number
  failed: number
  batches: number
  batches_done: number
  asked_by: number | null
  asked_name: string | null
  asked_at: Date
  started_at: Date | null
  cancelled_at: Date | null
  cancelled_name: string | null
  ended_at: Date | null
  /** Jobs that ended before failures were counted have none. */
  result: (Omit<Result, 'failures'> & Partial<Result>) | null
}

/** Jobs of a workspace, newest first. `condition` is on `bulk_job job`. */
export async function loadJobs(
  db: Reader | Tx,
  workspaceId: number,
  condition: RawBuilder<unknown>,
  limit = 1,
): Promise<BulkJob[]> {
  const { rows } = await sql<Row>`
    select job.*, asker.name as asked_name, stopper.name as cancelled_name, batch.batches, batch.batches_done
    from bulk_job job
    left join member asker on asker.workspace_id = job.workspace_id and asker.id = job.asked_by
    left join member stopper on stopper.workspace_id = job.workspace_id and stopper.id = job.cancelled_by
    cross join lateral (select count(*)::integer as batches, count(b.done_at)::integer as batches_done from bulk_batch b
      where b.workspace_id = job.workspace_id and b.job_id = job.id) batch
    where job.workspace_id = ${workspaceId} and ${condition}
    order by job.id desc limit ${limit}`.execute(db)
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    state: stateOf(row),
    chosen: row.chosen,
    total: row.total,
    done: row.done,
    failed: row.failed,
    batches: { total: row.batches, done: row.batches_done },
    by: row.asked_by === null ? null : { memberId: row.asked_by, name: row.asked_name ?? '' },
    askedAt: row.asked_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    cancelledBy: row.cancelled_name,
    endedAt: row.ended_at?.toISOString() ?? null,
    result: row.result && { failures: {}, ...row.result },
  }))
}

function stateOf({ total, done, failed, started_at, cancelled_at, ended_at }: Row): BulkState {
  const all = done + failed === total
  if (ended_at !== null) return all ? 'done' : 'cancelled'
  if (all) return 'checking'
  if (cancelled_at !== null) return 'cancelling'
  return started_at === null ? 'waiting' : 'running'
}

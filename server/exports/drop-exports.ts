import { sql } from 'kysely'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'

/** For so long a file is kept. */
export const daysKept = 7

/** Deletions go through one of these each, side by side; who writes a file closes all of them, side by side with others who do. */
const gates = [0, 1]
const gate = (workspaceId: number, number: number) => sql`hashtextextended(${`ficha export ${number}`}, ${workspaceId})`

/** Until this commits nobody of the workspace is deleted: whoever is to be finds the part of a file that is being written. */
export async function keepDeletionsOut(tx: Tx, workspaceId: number): Promise<void> {
  for (const number of gates) await sql`select pg_advisory_xact_lock_shared(${gate(workspaceId, number)})`.execute(tx)
}

/**
 * Takes away the files in which one of these contacts stands, whatever it was part of then. Whoever writes to one at this moment is
 * waited for, and whoever begins to until this commits waits: they find nobody.
 * @param lane who deletes beside others names another one
 */
export async function dropExportsWith(
  tx: Tx,
  workspaceId: number,
  contactIds: readonly number[],
  lane: number,
): Promise<void> {
  await sql`select pg_advisory_xact_lock(${gate(workspaceId, lane % gates.length)})`.execute(tx)
  await sql`
    with dropped as (
      update export set dropped_at = now(), dropped_because = 'contactDeleted'
      where workspace_id = ${workspaceId} and dropped_at is null and exists (
        select from bulk_batch batch where batch.workspace_id = ${workspaceId} and batch.job_id = export.job_id
          and batch.done_at is not null
          and exists (select from unnest(batch.touched_ids) one (id) where one.id = any(${contactIds}::bigint[])))
      returning job_id
    )
    delete from export_part part using dropped
    where part.workspace_id = ${workspaceId} and part.job_id = dropped.job_id`.execute(tx)
}

/** Takes away what has been kept for long enough, what was stopped halfway, and what was written after it had been dropped. */
export async function dropOldExports({ db }: Pick<Deps, 'db'>, now: Date, signal: AbortSignal): Promise<void> {
  const before = new Date(now.getTime() - daysKept * 24 * 3600 * 1000)
  await sql`
    update export set dropped_at = ${now}, dropped_because = case when made_at < ${before} then 'expired' else 'cancelled' end
    from bulk_job job
    where job.workspace_id = export.workspace_id and job.id = export.job_id and export.dropped_at is null
      and job.ended_at is not null and (made_at < ${before} or job.cancelled_at is not null and job.done + job.failed < job.total)`.execute(
    db,
  )
  while (!signal.aborted) {
    const { numAffectedRows = 0n } = await sql`
      delete from export_part where ctid in (
        select part.ctid from export_part part
        join export on export.workspace_id = part.workspace_id and export.job_id = part.job_id
        where export.dropped_at is not null limit 200)`.execute(db)
    if (numAffectedRows < 200n) return
  }
}

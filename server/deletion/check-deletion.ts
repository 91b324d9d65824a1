import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Work } from '../bulk/bulk-act.ts'
import { removedByOther, removedTables } from './contact-tables.ts'
import { removeFrom } from './delete-contacts.ts'

/** Contacts looked for at once. */
const chunk = 500
/** Whoever writes longer than this is not waited for. */
const patienceMs = 40_000

/**
 * Looks whether anything of the deleted contacts is left, in every table that could hold it. Who began to write before they went
 * may have finished after it: those are waited for, and what they left goes too.
 */
export async function checkDeletion(work: Work, signal: AbortSignal): Promise<{ places: number; left: number }> {
  await work.deps.jobs.ring('suggest-duplicates', { workspaceId: work.workspaceId })
  await waitForWriters(work, signal)
  await dropEvents(work, signal)
  const batches = await work.deps.db
    .selectFrom('bulk_batch')
    .select('touched_ids')
    .where('workspace_id', '=', work.workspaceId)
    .where('job_id', '=', work.jobId)
    .where('done_at', 'is not', null)
    .orderBy('place')
    .execute()
  const ids = batches.flatMap(({ touched_ids }) => touched_ids)
  let left = 0
  for (let at = 0; at < ids.length && !signal.aborted; at += chunk) {
    const some = ids.slice(at, at + chunk)
    const start = Date.now()
    if ((await countLeft(work, some)) > 0) {
      await sweep(work, some)
      left += await countLeft(work, some)
    }
    // whoever works beside it has a turn
    await pause((Date.now() - start) / 3)
  }
  if (left > 0) work.deps.log.error({ jobId: work.jobId, left }, 'something of deleted contacts is left')
  return { places: removedTables.length + removedByOther.length, left }
}

/**
 * What providers handed over is kept for some days after it was understood, and names whoever it was about. It goes now: nothing
 * needs it any more, and it would go by itself.
 */
async function dropEvents({ deps: { db }, workspaceId }: Work, signal: AbortSignal): Promise<void> {
  for (let last = 0; !signal.aborted;) {
    const { rows } = await sql<{ last: number | null }>`
      with gone as (
        delete from inbound_event where workspace_id = ${workspaceId} and id in (
          select id from inbound_event where workspace_id = ${workspaceId} and id > ${last} and state = 1
          order by id limit ${chunk})
        returning id
      )
      select max(id) as last from gone`.execute(db)
    if (rows[0]!.last === null) return
    last = rows[0]!.last
    await pause(5)
  }
}

/** Until everybody who writes began after the last contact had gone. */
async function waitForWriters({ deps: { db } }: Work, signal: AbortSignal): Promise<void> {
  const { rows } = await sql<{ here: string }>`select pg_current_xact_id()::text as here`.execute(db)
  const end = Date.now() + patienceMs
  while (!signal.aborted && Date.now() < end) {
    const { rows: now } = await sql<{ passed: boolean }>`
      select pg_snapshot_xmin(pg_current_snapshot()) > ${rows[0]!.here}::xid8 as passed`.execute(db)
    if (now[0]!.passed) return
    await pause(20)
  }
}

async function countLeft({ deps, workspaceId }: Work, ids: readonly number[]): Promise<number> {
  const places = [...removedTables, { table: 'contact', columns: ['id', 'root_id'] }].flatMap(({ table, columns }) =>
    columns.map(
      (column) => sql`select count(*) as left from ${sql.table(table)}
        where workspace_id = ${workspaceId} and ${sql.ref(column)} = any(${ids}::bigint[])`,
    ),
  )
  const { rows } = await sql<{ left: number }>`
    select sum("left")::integer as left from (${sql.join(places, sql` union all `)}) place`.execute(deps.db)
  return rows[0]!.left
}

/** Nobody knows these contacts any more, so no lock is needed. */
const sweep = ({ deps, workspaceId }: Work, ids: readonly number[]): Promise<void> =>
  deps.db.transaction().execute(async (tx) => {
    for (const { table, columns } of removedTables) await removeFrom(tx, workspaceId, table, columns, ids)
  })

import { setTimeout as pause } from 'node:timers/promises'
import { sql, type RawBuilder } from 'kysely'
import type { Work } from '../bulk/bulk-act.ts'
import { commitLater } from '../db/commit-later.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { removedByOther, removedTables } from './contact-tables.ts'
import { removeFrom } from './delete-contacts.ts'

/** What was handed over and goes at once. */
const mostEvents = 500
/** Batches looked over at once. */
const mostBatches = 4
/** Whoever writes longer than this is not waited for. */
const patienceMs = 40_000
/** Earlier batches that are looked over with the next: those whose writers have ended meanwhile. */
const lookBack = 16

/**
 * Looks over what was deleted shortly before, as far as whoever could have written beside it has ended: soon after, as its pages
 * are at hand then. What is not looked over with the batches is when all are gone.
 */
export function checkBatch(work: Work, place: number): Promise<void> {
  const recent = sql`place between ${place - lookBack} and ${place} and gone_at < pg_snapshot_xmin(pg_current_snapshot())`
  return work.deps.db.transaction().execute(async (tx) => {
    await commitLater(tx)
    await noteGone(tx, work, sql`place = ${place}`)
    await lookOver(tx, work, recent)
  })
}

/**
 * Looks whether anything of the deleted contacts is left, in every table that could hold it. Who began to write before they went
 * may have finished after it: those are waited for, and what they left goes too.
 */
export async function checkDeletion(work: Work, signal: AbortSignal): Promise<{ places: number; left: number }> {
  await work.deps.jobs.ring('suggest-duplicates', { workspaceId: work.workspaceId })
  await noteGone(work.deps.db, work, sql`true`)
  await waitForWriters(work, signal)
  await dropEvents(work, signal)
  for (let looked = 1; looked > 0 && !signal.aborted;) {
    const start = Date.now()
    looked = await work.deps.db.transaction().execute((tx) => lookOver(tx, work, sql`true`))
    // whoever works beside it has a turn
    await pause((Date.now() - start) / 3)
  }
  const { left } = await work.deps.db
    .selectFrom('bulk_batch')
    .select(({ fn }) => fn.sum<number | null>('left_over').as('left'))
    .where('workspace_id', '=', work.workspaceId)
    .where('job_id', '=', work.jobId)
    .executeTakeFirstOrThrow()
  if (Number(left) > 0) work.deps.log.error({ jobId: work.jobId, left }, 'something of deleted contacts is left')
  return { places: removedTables.length + removedByOther.length, left: Number(left) }
}

/** Whoever has a number of a transaction from now on began after these batches were gone. */
async function noteGone(db: Deps['db'] | Tx, { workspaceId, jobId }: Work, which: RawBuilder<unknown>): Promise<void> {
  await sql`
    update bulk_batch set gone_at = pg_current_xact_id()
    where workspace_id = ${workspaceId} and job_id = ${jobId} and ${which}
      and done_at is not null and not unfinished and gone_at is null`.execute(db)
}

/** Looks over some batches that are not yet. @returns how many */
async function lookOver(tx: Tx, { workspaceId, jobId }: Work, which: RawBuilder<unknown>): Promise<number> {
  const { rows: batches } = await sql<{ place: number; ids: number[] }>`
    select place, touched_ids as ids from bulk_batch
    where workspace_id = ${workspaceId} and job_id = ${jobId} and gone_at is not null and left_over is null and ${which}
    order by place limit ${mostBatches} for update skip locked`.execute(tx)
  const [first] = batches
  if (first === undefined) return 0
  const ids = batches.flatMap((batch) => batch.ids)
  const isClean = (await countLeft(tx, workspaceId, ids)) === 0
  if (!isClean) await sweep(tx, workspaceId, ids)
  const left = isClean ? 0 : await countLeft(tx, workspaceId, ids)
  // told once, whichever of them it belongs to
  await sql`
    update bulk_batch set left_over = case when place = ${first.place} then ${left}::integer else 0 end
    where workspace_id = ${workspaceId} and job_id = ${jobId}
      and place = any(${batches.map(({ place }) => place)}::integer[])`.execute(tx)
  return batches.length
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
          order by id limit ${mostEvents})
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

async function countLeft(tx: Tx, workspaceId: number, ids: readonly number[]): Promise<number> {
  const places = [...removedTables, { table: 'contact', columns: ['id', 'root_id'] }].flatMap(({ table, columns }) =>
    columns.map(
      (column) => sql`select count(*) as left from ${sql.table(table)}
        where workspace_id = ${workspaceId} and ${sql.ref(column)} = any(${ids}::bigint[])`,
    ),
  )
  // what has just gone is still in the indexes: walked along, each entry would be marked there as dead, and each page with such a
  // mark be written to the log in full
  await sql`set local enable_indexscan = off`.execute(tx)
  await sql`set local enable_indexonlyscan = off`.execute(tx)
  const { rows } = await sql<{ left: number }>`
    select sum("left")::integer as left from (${sql.join(places, sql` union all `)}) place`.execute(tx)
  return rows[0]!.left
}

/** Nobody knows these contacts any more, so no lock is needed. */
async function sweep(tx: Tx, workspaceId: number, ids: readonly number[]): Promise<void> {
  for (const { table, columns } of removedTables) await removeFrom(tx, workspaceId, table, columns, ids)
}

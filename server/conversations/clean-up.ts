import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Deps } from '../deps.ts'
import { removeDoomed } from '../files/remove-doomed.ts'
import { removeStaleUploads } from '../files/remove-stale-uploads.ts'
import { forgetExpired } from '../members/forget-expired.ts'
import { deliveryState } from './delivery-state.ts'

/** Rows a step: locks are held for milliseconds, and others get their turn in between. */
const step = 500

const day = 24 * 3600 * 1000

/**
 * Lets go of what has served its purpose: answers kept for repeated requests, the guard against doubles after 90 days (no
 * provider repeats later), understood events after a week, finished deliveries, old notifications, files never sent, held messages.
 */
export async function cleanUp(deps: Deps, now: Date, signal: AbortSignal): Promise<void> {
  const before = (days: number) => new Date(now.getTime() - days * day)
  await removeRows(
    deps,
    signal,
    (limit) => sql`
    delete from request where ctid in (select ctid from request where created_at < ${before(2)} limit ${limit})`,
  )
  await removeRows(
    deps,
    signal,
    (limit) => sql`
    delete from message_seen where ctid in (select ctid from message_seen where seen_at < ${before(90)} limit ${limit})`,
  )
  await removeRows(
    deps,
    signal,
    (limit) => sql`
    delete from inbound_event where ctid in (
      select ctid from inbound_event where state = 1 and done_at < ${before(7)} limit ${limit})`,
  )
  await removeRows(
    deps,
    signal,
    (limit) => sql`
    delete from delivery where ctid in (
      select ctid from delivery where state = 2 and next_attempt_at < ${before(30)} limit ${limit})`,
  )
  await removeRows(
    deps,
    signal,
    (limit) => sql`
    delete from notification where ctid in (
      select ctid from notification where id < ${before(90).getTime() * 1000}::bigint limit ${limit})`,
  )
  await removeRows(
    deps,
    signal,
    (limit) => sql`
    delete from webchat_end where ctid in (
      select ctid from webchat_end where ended_at < ${before(31)} limit ${limit})`,
  )
  await removeRows(
    deps,
    signal,
    (limit) => sql`
    delete from line_hour where ctid in (select ctid from line_hour where hour < ${before(8)} limit ${limit})`,
  )
  await removeRows(
    deps,
    signal,
    (limit) => sql`
    delete from delivery where ctid in (
      select ctid from delivery where state = ${sql.lit(deliveryState.left)} and next_attempt_at < ${before(365)}
      limit ${limit})`,
  )
  await removeStaleUploads(deps, now)
  await forgetExpired(deps.db)
  await removeHeld(deps, now, signal)
  const doomed = await deps.db.selectFrom('doomed_file').select('workspace_id').distinct().execute()
  for (const { workspace_id } of doomed) await removeDoomed(deps, workspace_id, signal)
}

async function removeRows(
  deps: Pick<Deps, 'db'>,
  signal: AbortSignal,
  remove: (limit: number) => ReturnType<typeof sql>,
): Promise<void> {
  while (!signal.aborted) {
    const { numAffectedRows = 0n } = await remove(step).execute(deps.db)
    if (numAffectedRows < BigInt(step)) return
    await pause(50)
  }
}

/** Drops what was held for as long as its workspace wants, and takes away what was dropped, its files first. */
async function removeHeld(deps: Pick<Deps, 'db' | 'files'>, now: Date, signal: AbortSignal): Promise<void> {
  await removeRows(
    deps,
    signal,
    (limit) => sql`
    update held_message h set dropped_at = ${now} from (
      select old.workspace_id, old.id from workspace w cross join lateral (
        select workspace_id, id from held_message
        where workspace_id = w.id and released_at is null and dropped_at is null
          and id < ${now.getTime() * 1000}::bigint - w.held_days * ${day * 1000}::bigint
        order by id limit ${limit}) old limit ${limit}) due
    where h.workspace_id = due.workspace_id and h.id = due.id`,
  )
  while (!signal.aborted) {
    const { rows } = await sql<{ workspace_id: number; id: number; files: string[] | null }>`
      select workspace_id, id, (select array_agg(f->>'id') from jsonb_array_elements(incoming->'files') f) as files
      from held_message where dropped_at is not null limit ${step}`.execute(deps.db)
    for (const { workspace_id, files } of rows) for (const id of files ?? []) await deps.files.remove(workspace_id, id)
    await sql`
      delete from held_message h
      using unnest(${rows.map((row) => row.workspace_id)}::bigint[], ${rows.map(({ id }) => id)}::bigint[]) gone (workspace_id, id)
      where h.workspace_id = gone.workspace_id and h.id = gone.id`.execute(deps.db)
    if (rows.length < step) return
  }
}

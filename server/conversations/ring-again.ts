import { sql } from 'kysely'
import type { Deps } from '../deps.ts'
import { loseClaims } from './lose-claims.ts'

/** Doorbells a minute at most, of each kind: more would only wait behind one another. */
const most = 1000

/**
 * Rings for work whose doorbell was lost with a process, or which waited for its time: stored events, queued messages,
 * claims nobody came back to, contacts nobody has been compared with, held messages on their way into a thread, acts on many
 * contacts, files still to be fetched.
 */
export async function ringAgain(
  deps: Pick<Deps, 'db' | 'clock' | 'jobs' | 'slot'>,
  signal: AbortSignal,
): Promise<void> {
  const events = await sql<{ workspace_id: number; channel_id: number }>`
    select e.workspace_id, e.channel_id from inbound_event e
    join channel c on c.workspace_id = e.workspace_id and c.id = e.channel_id
    where e.state = 0 and e.next_attempt_at <= now() and c.paused_at is null and c.deleted_at is null
    group by e.workspace_id, e.channel_id limit ${most}`.execute(deps.db)
  for (const { workspace_id, channel_id } of events.rows) {
    if (signal.aborted) return
    await deps.jobs.ring('ingest-channel', { workspaceId: workspace_id, channelId: channel_id })
  }
  await loseClaims(deps, { mine: false })
  const deliveries = await sql<{ workspace_id: number; channel_id: number }>`
    select c.workspace_id, c.id as channel_id from channel c
    where c.paused_at is null and exists (select from delivery d where d.workspace_id = c.workspace_id
      and d.channel_id = c.id and d.state = 0 and d.next_attempt_at <= now()) limit ${most}`.execute(deps.db)
  for (const { workspace_id, channel_id } of deliveries.rows) {
    if (signal.aborted) return
    await deps.jobs.ring('deliver-messages', { workspaceId: workspace_id, channelId: channel_id })
  }
  const due = await sql<{ workspace_id: number }>`
    select id as workspace_id from workspace w
    where exists (select from identity_due d where d.workspace_id = w.id) limit ${most}`.execute(deps.db)
  for (const { workspace_id } of due.rows) {
    if (signal.aborted) return
    await deps.jobs.ring('suggest-duplicates', { workspaceId: workspace_id })
  }
  const rebuilds = await sql<{ workspace_id: number }>`
    select workspace_id from suggestion_rebuild where total is null limit ${most}`.execute(deps.db)
  for (const { workspace_id } of rebuilds.rows) {
    if (signal.aborted) return
    await deps.jobs.ring('rebuild-suggestions', { workspaceId: workspace_id })
  }
  const released = await sql<{ workspace_id: number }>`
    select distinct workspace_id from held_message where released_at is not null limit ${most}`.execute(deps.db)
  for (const { workspace_id } of released.rows) {
    if (signal.aborted) return
    await deps.jobs.ring('release-held', { workspaceId: workspace_id })
  }
  const bulk = await sql<{ workspace_id: number; id: number }>`
    select workspace_id, id from bulk_job where ended_at is null limit ${most}`.execute(deps.db)
  for (const { workspace_id, id } of bulk.rows) {
    if (signal.aborted) return
    await deps.jobs.ring('run-bulk-job', { workspaceId: workspace_id, jobId: id })
  }
  const files = await sql<{ workspace_id: number; message_id: number }>`
    select workspace_id, message_id from attachment
    where state = 'pending' and message_id is not null and source is not null and next_attempt_at <= now()
    group by workspace_id, message_id limit ${most}`.execute(deps.db)
  for (const { workspace_id, message_id } of files.rows) {
    if (signal.aborted) return
    await deps.jobs.ring('fetch-attachments', { workspaceId: workspace_id, messageId: message_id })
  }
}

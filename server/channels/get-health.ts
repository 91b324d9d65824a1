import { sql } from 'kysely'
import type { ChannelHealth } from '#contract/channels.ts'
import type { ReadContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { describeChannel } from './describe-channel.ts'
import type { ChannelRow } from './open-line.ts'

/** Queues longer than this are told to be so long. */
const longestQueue = 10_000
const mostUndelivered = 1000

interface Figures {
  day: Sums
  week: Sums
  queued: number
  failed: number
  unknown: number
}
type Sums = Readonly<Record<'sent' | 'failed' | 'unknown' | 'returned', number>>

/** How a line does, in one look: sums of its hours and a few bounded counts, whatever has gone by it. */
export async function getHealth(
  { db, actor }: ReadContext,
  { channelId }: { channelId: number },
): Promise<ChannelHealth> {
  const there = sql`workspace_id = c.workspace_id and channel_id = c.id`
  const sums = (hours: number) => sql`(
    select json_build_object('sent', coalesce(sum(sent), 0), 'failed', coalesce(sum(failed), 0),
      'unknown', coalesce(sum(unknown), 0), 'returned', coalesce(sum(returned), 0))
    from line_hour where ${there} and hour > now() - ${hours} * interval '1 hour')`
  const { rows } = await sql<ChannelRow & Figures>`
    select c.*, ${sums(24)} as day, ${sums(7 * 24)} as week,
      (select count(*)::int from (select from delivery where ${there} and state in (0, 1) limit ${longestQueue}) q) as queued,
      undelivered.failed, undelivered.unknown
    from channel c
    cross join lateral (select count(*) filter (where state = 9)::int as failed, count(*) filter (where state = 8)::int as unknown
      from (select state from delivery where ${there} and state in (8, 9) limit ${mostUndelivered}) u) undelivered
    where c.workspace_id = ${actor.workspaceId} and c.id = ${channelId} and c.deleted_at is null`.execute(db)
  const [row] = rows
  if (row === undefined) return fail('NOT_FOUND')
  return {
    channel: describeChannel(row),
    day: show(row.day),
    week: show(row.week),
    queued: row.queued,
    undelivered: { failed: row.failed, unknown: row.unknown },
  }
}

/** What came back counts where it did; it was tried at some time before. */
const show = ({ sent, failed, unknown, returned }: Sums): ChannelHealth['day'] => ({
  tried: Math.max(sent + failed + unknown, failed + returned + unknown),
  failed: failed + returned,
  unknown,
})

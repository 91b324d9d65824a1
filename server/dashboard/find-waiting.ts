import { sql } from 'kysely'
import type { ChannelKind } from '#contract/channel-kind.ts'
import type { Dashboard } from '#contract/dashboard.ts'
import { displayName } from '../contacts/display-name.ts'
import { timeOfId } from '../db/clock.ts'
import type { Reader } from '../http/endpoint.ts'

/** Those who have been silent for longest are looked at; who waits longest is among them, unless they all wrote again. */
const looked = 300
/** So far back is looked for the last answer, in messages of each contact that became one. */
const backTo = 50
const shown = 5

/** A message's id is its time in microseconds. */
const hour = 3_600_000_000

interface Row {
  contact_id: number
  since: number
  first_name: string | null
  last_name: string | null
  profile_name: string | null
  phone: string | null
  email: string | null
  picture_url: string | null
  kind: ChannelKind | null
  count: number
  over_an_hour: number
}

/** Contacts whose conversation is open and who wrote last, by when they wrote what nobody has answered. */
export async function findWaiting(db: Reader, workspaceId: number): Promise<Dashboard['waiting']> {
  const { rows } = await sql<Row>`
    with silent as (
      select s.contact_id, s.last_channel_id from contact_state s
      where s.workspace_id = ${workspaceId} and s.live and s.status = 1 and s.last_in_id > 0
        and s.last_in_id = s.last_message_id
      order by s.last_message_at limit ${looked}),
    waiting as materialized (
      select silent.contact_id, silent.last_channel_id, unanswered.id as since from silent
      cross join lateral (
        with latest as (
          select m.id, m.incoming from contact part
          cross join lateral (
            select m.id, m.incoming from message m
            where m.workspace_id = part.workspace_id and m.contact_id = part.id and not m.note
            order by m.id desc limit ${backTo}) m
          where part.workspace_id = ${workspaceId}
            and (part.id = silent.contact_id or part.root_id = silent.contact_id))
        select min(id) as id from latest
        where incoming and id > coalesce((select max(id) from latest where not incoming), 0)) unanswered
      where unanswered.id is not null)
    select w.contact_id, w.since, c.first_name, c.last_name, c.profile_name, c.phone,
      c.email, c.picture_url, line.kind, (select count(*)::int from waiting) as count,
      (select count(*)::int from waiting where since < extract(epoch from now()) * 1000000 - ${hour}::bigint) as over_an_hour
    from waiting w
    join contact c on c.workspace_id = ${workspaceId} and c.id = w.contact_id
    left join channel line on line.workspace_id = c.workspace_id and line.id = w.last_channel_id
    order by w.since, w.contact_id limit ${shown}`.execute(db)
  return {
    count: rows[0]?.count ?? 0,
    overAnHour: rows[0]?.over_an_hour ?? 0,
    items: rows.map((row) => ({
      contactId: row.contact_id,
      displayName: displayName(row),
      pictureUrl: row.picture_url,
      channelKind: row.kind,
      since: timeOfId(row.since).toISOString(),
    })),
  }
}

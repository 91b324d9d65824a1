import { sql } from 'kysely'
import type { Dashboard } from '#contract/dashboard.ts'
import type { Actor, Reader } from '../http/endpoint.ts'

const countedTo = 10_000
/** Among so many of those without an answer for longest is the one that was opened first. */
const looked = 200

interface Row {
  all: number
  mine: number
  unassigned: number
  oldest: Date | null
  members: number
  busiest: { memberId: number; name: string; open: number }[]
}

/** Open conversations: how many, whose, and since when the oldest is nobody's. Walks the Inbox's own indexes. */
export async function countOpen(
  db: Reader,
  { workspaceId, memberId }: Actor,
): Promise<Pick<Dashboard, 'open' | 'members'>> {
  const open = sql`select s.contact_id, s.assignee_id from contact_state s
    where s.workspace_id = ${workspaceId} and s.live and s.status = 1`
  const { rows } = await sql<Row>`
    with open as materialized (${open} limit ${countedTo}),
      load as (select assignee_id, count(*)::int as open from open where assignee_id is not null group by 1)
    select (select count(*)::int from open) as "all",
      (select count(*)::int from (${open} and s.assignee_id = ${memberId} limit ${countedTo}) o) as mine,
      (select count(*)::int from (${open} and s.assignee_id is null limit ${countedTo}) o) as unassigned,
      (select min(v.opened_at) from (
        ${open} and s.assignee_id is null order by s.last_message_at limit ${looked}) o
        join conversation v on v.workspace_id = ${workspaceId} and v.owner_id = o.contact_id and v.closed_at is null) as oldest,
      (select count(*)::int from member m where m.workspace_id = ${workspaceId} and m.removed_at is null) as members,
      (select coalesce(jsonb_agg(to_jsonb(one)), '[]') from (
        select m.id as "memberId", m.name, coalesce(l.open, 0) as open from member m
        left join load l on l.assignee_id = m.id
        where m.workspace_id = ${workspaceId} and m.removed_at is null
        order by coalesce(l.open, 0) desc, m.name, m.id limit 6) one) as busiest`.execute(db)
  const { all, mine, unassigned, oldest, members, busiest } = rows[0]!
  return {
    open: { all, mine, unassigned, oldestUnassigned: oldest?.toISOString() ?? null },
    members: { count: members, items: busiest },
  }
}

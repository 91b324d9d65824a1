import { sql } from 'kysely'
import type { Dashboard } from '#contract/dashboard.ts'
import type { Reader } from '../http/endpoint.ts'

const countedTo = 10_000

interface Row {
  days: Dashboard['days']
  channels: Dashboard['channels']
  seconds: number | null
  answered: number
  added: number
}

/** What was opened, closed, answered and added in the last seven days, as the clocks of the workspace count them. */
export async function measureWeek(
  db: Reader,
  workspaceId: number,
): Promise<Pick<Dashboard, 'days' | 'channels' | 'firstResponse' | 'newContacts'>> {
  const { rows } = await sql<Row>`
    with zone as (select time_zone as name from workspace where id = ${workspaceId}),
      today as (select date_trunc('day', now() at time zone zone.name) as day, zone.name as zone from zone),
      edge as (select (day - interval '6 days') at time zone zone as week, day at time zone zone as today,
        date_trunc('week', day) at time zone zone as monday, zone from today),
      opened as materialized (
        select v.opened_at, v.channel_id, v.first_response_at from conversation v
        where v.workspace_id = ${workspaceId} and v.opened_at >= (select week from edge)),
      closed as materialized (
        select v.closed_at from conversation v
        where v.workspace_id = ${workspaceId} and v.closed_at >= (select week from edge) and v.closed_source <> 'merge'),
      days as (select (day - n * interval '1 day')::date as day from today, generate_series(0, 6) n),
      opened_by_day as (
        select (opened_at at time zone edge.zone)::date as day, count(*)::int as n from opened, edge group by 1),
      closed_by_day as (
        select (closed_at at time zone edge.zone)::date as day, count(*)::int as n from closed, edge group by 1),
      answered as (
        select extract(epoch from first_response_at - opened_at) as seconds from opened, edge
        where opened_at >= edge.today and first_response_at is not null)
    select (select jsonb_agg(jsonb_build_object('day', d.day, 'opened', coalesce(o.n, 0), 'closed', coalesce(c.n, 0))
        order by d.day) from days d left join opened_by_day o using (day) left join closed_by_day c using (day)) as days,
      (select coalesce(jsonb_agg(to_jsonb(one)), '[]') from (
        select line.kind, count(*)::int as opened from opened
        join channel line on line.workspace_id = ${workspaceId} and line.id = opened.channel_id
        group by 1 order by 2 desc, 1) one) as channels,
      (select percentile_cont(0.5) within group (order by seconds)::int from answered) as seconds,
      (select count(*)::int from answered) as answered,
      (select count(*)::int from (
        select from contact c where c.workspace_id = ${workspaceId} and c.root_id is null and c.blocked_at is null
          and c.created_at >= (select monday from edge) limit ${countedTo}) one) as added`.execute(db)
  const { days, channels, seconds, answered, added } = rows[0]!
  return { days, channels, firstResponse: { seconds, answered }, newContacts: added }
}

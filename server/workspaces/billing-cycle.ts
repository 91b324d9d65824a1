import { sql, type RawBuilder } from 'kysely'

/** The day on which a moment falls by the clocks of the workspace. */
export const dayOf = (workspaceId: number, moment: RawBuilder<unknown>): RawBuilder<string> =>
  sql`(select (${moment} at time zone time_zone)::date from workspace where id = ${workspaceId})`

export const today = (workspaceId: number): RawBuilder<string> => dayOf(workspaceId, sql`now()`)

/**
 * The billing cycle of a workspace in which a day lies, as one row to select from: `starts_on`, its first day, and `ends_on`,
 * the day after its last. It begins on the billing day that holds then; where that changes, the cycle in between is shorter.
 */
export const cycleAt = (workspaceId: number, day: RawBuilder<string>): RawBuilder<unknown> => sql`(
  select greatest(rule.since, month.starts_on) as starts_on,
    least(coalesce(rule.until, 'infinity'), (month.starts_on + interval '1 month')::date) as ends_on
  from (select ${day} as day) asked
  cross join lateral (
    select since, b.day, (select min(later.since) from billing_day later
        where later.workspace_id = b.workspace_id and later.since > asked.day) as until
    from billing_day b where b.workspace_id = ${workspaceId} and b.since <= asked.day
    order by b.since desc limit 1) rule
  cross join lateral (
    select date_trunc('month', asked.day - (rule.day - 1))::date + (rule.day - 1) as starts_on) month)`

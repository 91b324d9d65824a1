import { sql } from 'kysely'
import type { UsageCycle } from '#contract/usage.ts'
import type { ReadContext } from '../http/endpoint.ts'
import { cycleAt, today } from '../workspaces/billing-cycle.ts'
import { countCycle } from './count-cycle.ts'

/** The cycle that runs, and so many before it. */
const shown = 13

interface Row extends Omit<UsageCycle, 'startsOn' | 'endsOn'> {
  starts_on: string
  last_day: string
  days_left: number
}

/** Who was active in the billing cycles of the last year. */
export async function getUsage({ db, actor: { workspaceId } }: ReadContext): Promise<{
  cycles: UsageCycle[]
  daysLeft: number
}> {
  // nothing is counted anew of what is closed
  const open = sql<string>`case when closed.starts_on is null then cycle.starts_on end`
  const { rows } = await sql<Row>`
    with recursive age as (
      select least((created_at at time zone time_zone)::date,
        (select min(cycle) from active_contact where workspace_id = ${workspaceId})) as day
      from workspace where id = ${workspaceId}
    ), cycle as (
      select present.*, 1 as place from ${cycleAt(workspaceId, today(workspaceId))} present
      union all
      select before.*, cycle.place + 1 from cycle
      cross join lateral ${cycleAt(workspaceId, sql`cycle.starts_on - 1`)} before
      where cycle.place < ${shown} and cycle.starts_on > (select day from age)
    )
    select cycle.starts_on, cycle.ends_on - 1 as last_day, cycle.ends_on - ${today(workspaceId)} as days_left,
      coalesce(closed.contacts, counted.contacts) as contacts, coalesce(closed.fresh, counted.fresh) as fresh,
      coalesce(closed.incoming, counted.incoming) as incoming, cycle.place > 1 as "isClosed",
      (select coalesce(jsonb_agg(jsonb_build_object('channelId', line.id, 'kind', line.kind, 'name', line.name,
          'contacts', of_channel.contacts) order by of_channel.place), '[]')
        from rows from (jsonb_to_recordset(coalesce(closed.channels, counted.channels)) as ("channelId" bigint, contacts int))
          with ordinality as of_channel (id, contacts, place)
        join channel line on line.workspace_id = ${workspaceId} and line.id = of_channel.id) as channels
    from cycle
    left join usage_cycle closed on closed.workspace_id = ${workspaceId} and closed.starts_on = cycle.starts_on
    cross join lateral ${countCycle(workspaceId, open)} counted
    order by cycle.starts_on`.execute(db)
  return {
    cycles: rows.map(({ starts_on, last_day, days_left: _daysLeft, ...cycle }) => ({
      startsOn: starts_on,
      endsOn: last_day,
      ...cycle,
    })),
    daysLeft: rows.at(-1)!.days_left,
  }
}

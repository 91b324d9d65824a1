import { sql } from 'kysely'
import type { Deps } from '../deps.ts'
import { cycleAt, today } from '../workspaces/billing-cycle.ts'
import { countCycle } from './count-cycle.ts'

/** Writes down what each billing cycle that has ended came to, so that it stays so. Safe to repeat, and to be killed. */
export async function closeCycles({ db }: Pick<Deps, 'db'>, signal: AbortSignal): Promise<void> {
  const { rows } = await sql<{ id: number }>`select id from workspace order by id`.execute(db)
  for (const { id } of rows) while (!signal.aborted && (await closeNext(db, id)));
}

/** The oldest one that somebody was active in; false when all that have ended are closed. */
async function closeNext(db: Deps['db'], workspaceId: number): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    with due as (
      select min(a.cycle) as starts_on from active_contact a where a.workspace_id = ${workspaceId}
        and a.cycle > coalesce((select max(starts_on) from usage_cycle where workspace_id = ${workspaceId}), '0001-01-01')
        and a.cycle < (select starts_on from ${cycleAt(workspaceId, today(workspaceId))} present)
    )
    insert into usage_cycle (workspace_id, starts_on, contacts, fresh, incoming, channels)
    select ${workspaceId}, due.starts_on, total.contacts, total.fresh, total.incoming, total.channels
    from due cross join lateral ${countCycle(workspaceId, sql`due.starts_on`)} total
    where due.starts_on is not null
    on conflict do nothing`.execute(db)
  return numAffectedRows > 0n
}

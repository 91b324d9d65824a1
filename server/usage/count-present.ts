import { sql } from 'kysely'
import type { Reader } from '../http/endpoint.ts'
import { cycleAt, today } from '../workspaces/billing-cycle.ts'
import { countCycle } from './count-cycle.ts'

/** How many contacts are active in the billing cycle that runs. */
export async function countPresent(db: Reader, workspaceId: number): Promise<number> {
  const { rows } = await sql<{ contacts: number }>`
    select counted.contacts from ${cycleAt(workspaceId, today(workspaceId))} cycle
    cross join lateral ${countCycle(workspaceId, sql`cycle.starts_on`)} counted`.execute(db)
  return rows[0]?.contacts ?? 0
}

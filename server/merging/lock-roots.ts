import { sql } from 'kysely'
import { prepared } from '../db/prepared.ts'
import type { Tx } from '../http/endpoint.ts'

/**
 * Locks the hot rows of several contacts, in the order of their numbers so that nobody waits in a circle. What they stand
 * for may have changed while somebody else held a lock: look again.
 */
export async function lockRoots(tx: Tx, workspaceId: number, rootIds: readonly number[]): Promise<void> {
  await sql`${prepared}
    select from contact_state where workspace_id = ${workspaceId} and contact_id = any(${rootIds}::bigint[])
    order by contact_id for update`.execute(tx)
}

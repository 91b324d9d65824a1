import { sql } from 'kysely'
import type { Tx } from '../http/endpoint.ts'
import { markDue } from '../identity/mark-due.ts'

/** Has everything that stands on a key judged anew: for that one of its holders is enough. */
export async function markHolders(tx: Tx, workspaceId: number, key: string): Promise<void> {
  const { rows } = await sql<{ contact_id: number }>`
    select contact_id from identity_key where workspace_id = ${workspaceId} and key = ${key}
    order by contact_id limit 1`.execute(tx)
  await markDue(
    tx,
    workspaceId,
    rows.map(({ contact_id }) => contact_id),
  )
}

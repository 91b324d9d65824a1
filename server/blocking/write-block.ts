import { sql } from 'kysely'
import type { Tx } from '../http/endpoint.ts'

interface Blocking {
  readonly at: Date
  readonly by: number
  readonly reason: string | null
}

/** Marks a live contact and all it has absorbed as blocked, and takes it out of every list. Its conversation is closed already. */
export async function writeBlock(
  tx: Tx,
  workspaceId: number,
  contactId: number,
  { at, by, reason }: Blocking,
): Promise<void> {
  await sql`
    with parts as (
      update contact set blocked_at = ${at}
      where workspace_id = ${workspaceId} and (id = ${contactId} or root_id = ${contactId}) returning id
    ), unlisted as (
      update contact_state set live = false where workspace_id = ${workspaceId} and contact_id = ${contactId}
    )
    insert into contact_block (workspace_id, contact_id, blocked_at, blocked_by, reason)
    select ${workspaceId}, id, ${at}, ${by}::bigint, ${reason} from parts`.execute(tx)
}

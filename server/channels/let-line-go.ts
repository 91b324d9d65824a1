import { sql } from 'kysely'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'

/** A line sends again: what waited on it for a next attempt is due now. */
export async function hastenLine(
  db: Deps['db'] | Tx,
  { workspaceId, channelId }: { workspaceId: number; channelId: number },
): Promise<void> {
  await sql`
    update delivery set next_attempt_at = now()
    where workspace_id = ${workspaceId} and channel_id = ${channelId} and state = 0 and next_attempt_at > now()`.execute(
    db,
  )
}

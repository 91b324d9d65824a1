import { sql } from 'kysely'
import { prepared } from '../db/prepared.ts'
import type { Tx } from '../http/endpoint.ts'

/**
 * Says that these contacts changed in something by which people are recognised, so that their pairs are judged anew. In the
 * transaction of the change: no change without it, and none twice. Ring `suggest-duplicates` after it.
 * @param lostKeys keys they no longer have
 */
export async function markDue(
  tx: Tx,
  workspaceId: number,
  contactIds: readonly number[],
  lostKeys: readonly string[] = [],
): Promise<void> {
  if (contactIds.length === 0) return
  // in the order of their numbers, as everybody locks them
  await sql`${prepared}
    insert into identity_due as due (workspace_id, contact_id, lost_keys)
    select distinct ${workspaceId}::bigint, id, ${lostKeys}::text[] from unnest(${contactIds}::bigint[]) id order by id
    on conflict (workspace_id, contact_id) do update
    set lost_keys = array(select distinct unnest(due.lost_keys || excluded.lost_keys))`.execute(tx)
}

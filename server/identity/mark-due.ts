import { sql } from 'kysely'
import { preparedFor } from '../db/prepared.ts'
import type { Tx } from '../http/endpoint.ts'

/** A key that a contact had. */
export interface LostKey {
  readonly contact_id: number
  readonly key: string
}

/**
 * Says that these contacts changed in something by which people are recognised, so that their pairs are judged anew. In the
 * transaction of the change: no change without it, and none twice. Ring `suggest-duplicates` after it.
 * @param lost keys that they no longer have
 */
export async function markDue(
  tx: Tx,
  workspaceId: number,
  contactIds: readonly number[],
  lost: readonly LostKey[] = [],
): Promise<void> {
  if (contactIds.length === 0) return
  // in the order of their numbers, as everybody locks them
  await sql`${preparedFor(contactIds.length)}
    insert into identity_due as due (workspace_id, contact_id, lost_keys)
    select ${workspaceId}::bigint, asked.id, array_remove(array_agg(distinct lost.key), null)
    from unnest(${contactIds}::bigint[]) asked (id)
    left join unnest(${lost.map(({ contact_id }) => contact_id)}::bigint[], ${lost.map(({ key }) => key)}::text[])
      lost (id, key) on lost.id = asked.id
    group by asked.id order by asked.id
    on conflict (workspace_id, contact_id) do update
    set lost_keys = array(select distinct unnest(due.lost_keys || excluded.lost_keys))`.execute(tx)
}

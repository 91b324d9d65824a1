import { sql } from 'kysely'
import { prepared } from '../db/prepared.ts'
import type { Tx } from '../http/endpoint.ts'
import { mostHolders } from '../identity/key-group.ts'

/** A merged contact holds a key once for each of its members; more rows than this are read of no key. */
const mostRows = (mostHolders + 1) * 11

/**
 * Who holds each key: live contacts that are not blocked, by number. Null where more do than one person could, or where the
 * workspace said that the value is nobody's own. Reads a bounded number of rows per key, however many hold it.
 */
export async function findGroups(
  tx: Tx,
  workspaceId: number,
  keys: readonly string[],
): Promise<Map<string, number[] | null>> {
  if (keys.length === 0) return new Map()
  const { rows } = await sql<{ key: string; blocked: boolean; read: number; holders: number[] }>`${prepared}
    select wanted.key,
      exists (select from blocked_value b where b.workspace_id = ${workspaceId} and b.key = wanted.key) as blocked,
      held.read, held.holders
    from unnest(${keys}::text[]) wanted (key)
    cross join lateral (
      select count(*)::int as read,
        coalesce(array_agg(distinct root.id order by root.id) filter (where root.blocked_at is null), '{}') as holders
      from (
        select contact_id from identity_key
        where workspace_id = ${workspaceId} and key = wanted.key order by contact_id limit ${mostRows}
      ) k
      join contact c on c.workspace_id = ${workspaceId} and c.id = k.contact_id
      join contact root on root.workspace_id = ${workspaceId} and root.id = coalesce(c.root_id, c.id)
    ) held`.execute(tx)
  return new Map(
    rows.map(({ key, blocked, read, holders }) => [
      key,
      blocked || read >= mostRows || holders.length > mostHolders ? null : holders,
    ]),
  )
}

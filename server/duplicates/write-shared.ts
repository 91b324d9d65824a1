import { sql } from 'kysely'
import { prepared } from '../db/prepared.ts'
import type { Tx } from '../http/endpoint.ts'

/** Counting further would tell nobody anything. */
const countedTo = 1000
/** The value itself, rather than something it may be met under. */
const value = /^[peu]:/

/** Keeps the list of values that more contacts have than one person could. */
export async function writeShared(
  tx: Tx,
  workspaceId: number,
  groups: ReadonlyMap<string, readonly number[] | null>,
): Promise<void> {
  const keys = [...groups.keys()].filter((key) => value.test(key))
  const shared = keys.filter((key) => groups.get(key) === null)
  const own = keys.filter((key) => groups.get(key) !== null)
  if (own.length > 0)
    await sql`delete from shared_key where workspace_id = ${workspaceId} and key = any(${own}::text[])`.execute(tx)
  if (shared.length === 0) return
  await sql`${prepared}
    insert into shared_key as known (workspace_id, key, holders)
    select ${workspaceId}::bigint, wanted.key, held.holders
    from unnest(${shared}::text[]) wanted (key)
    cross join lateral (select count(*)::int as holders from (
      select from identity_key where workspace_id = ${workspaceId} and key = wanted.key limit ${countedTo}) k) held
    where held.holders > 0
    order by wanted.key
    on conflict (workspace_id, key) do update set holders = excluded.holders where known.holders <> excluded.holders`.execute(
    tx,
  )
}

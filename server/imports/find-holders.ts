import { sql } from 'kysely'
import type { Reader, Tx } from '../http/endpoint.ts'
import { ownStrengths } from '../identity/index-keys.ts'
import type { Holder, Holders, Match } from './match-row.ts'

/**
 * Whom these numbers lead to, and of those who have these keys the one who answers to each. Absorbed contacts are answered by who
 * absorbed them.
 */
export async function findHolders(
  db: Reader | Tx,
  workspaceId: number,
  { ids, keys }: { readonly ids: readonly number[]; readonly keys: readonly string[] },
): Promise<Holders> {
  const byId = new Map<number, Match>()
  const byKey = new Map<string, Holder>()
  if (ids.length > 0) {
    const { rows } = await sql<Match & { asked: number }>`
      select asked.id as asked, root.id as "contactId", root.blocked_at is not null as blocked from contact asked
      join contact root on root.workspace_id = asked.workspace_id and root.id = coalesce(asked.root_id, asked.id)
      where asked.workspace_id = ${workspaceId} and asked.id = any(${ids}::bigint[])`.execute(db)
    for (const { asked, ...match } of rows) byId.set(asked, match)
  }
  if (keys.length > 0) {
    const { rows } = await sql<Match & { key: string; created_at: Date }>`
      select distinct on (k.key) k.key, root.id as "contactId", root.blocked_at is not null as blocked, root.created_at
      from identity_key k
      join contact born on born.workspace_id = k.workspace_id and born.id = k.contact_id
      join contact root on root.workspace_id = born.workspace_id and root.id = coalesce(born.root_id, born.id)
      where k.workspace_id = ${workspaceId} and k.key = any(${keys}::text[]) and k.strength = any(${ownStrengths}::text[])
      order by k.key, root.blocked_at is not null, root.created_at, root.id`.execute(db)
    for (const { key, created_at, ...match } of rows) byKey.set(key, { ...match, createdAt: created_at.getTime() })
  }
  return { byId, byKey }
}

import { sql } from 'kysely'
import type { Reader, Tx } from '../http/endpoint.ts'
import { ownStrengths } from '../identity/index-keys.ts'
import { precedes, type Holder, type Holders } from './match-row.ts'

interface Born {
  id: number
  root: number
  blocked: boolean
  created_at: Date
}

/**
 * Whom these numbers lead to, and of those who have these keys the one who answers to each. Absorbed contacts are answered by who
 * absorbed them. Step by step, each by key: one statement for all would be planned by a guess of how many are found.
 */
export async function findHolders(
  db: Reader | Tx,
  workspaceId: number,
  { ids, keys }: { readonly ids: readonly number[]; readonly keys: readonly string[] },
): Promise<Holders> {
  const held =
    keys.length === 0
      ? []
      : (
          await sql<{ key: string; id: number }>`
            select key, contact_id as id from identity_key
            where workspace_id = ${workspaceId} and key = any(${[...new Set(keys)]}::text[])
              and strength = any(${ownStrengths}::text[])`.execute(db)
        ).rows
  const born = await findBorn(db, workspaceId, [...new Set([...ids, ...held.map(({ id }) => id)])])
  const holderOf = (id: number): Holder | undefined => {
    const root = born.get(born.get(id)?.root ?? 0)
    return root && { contactId: root.id, blocked: root.blocked, createdAt: root.created_at.getTime() }
  }
  const byKey = new Map<string, Holder>()
  for (const { key, id } of held) {
    const [holder, before] = [holderOf(id), byKey.get(key)]
    if (holder !== undefined && (before === undefined || precedes(holder, before))) byKey.set(key, holder)
  }
  const byId = new Map<number, Holder>()
  for (const id of ids) {
    const holder = holderOf(id)
    if (holder !== undefined) byId.set(id, holder)
  }
  return { byId, byKey }
}

/** Contacts by number, and those who have absorbed them. */
async function findBorn(db: Reader | Tx, workspaceId: number, ids: readonly number[]): Promise<Map<number, Born>> {
  const found = new Map<number, Born>()
  for (let left = ids; left.length > 0;) {
    const { rows } = await sql<Born>`
      select id, coalesce(root_id, id) as root, blocked_at is not null as blocked, created_at from contact
      where workspace_id = ${workspaceId} and id = any(${left}::bigint[])`.execute(db)
    for (const row of rows) found.set(row.id, row)
    left = [...new Set(rows.map(({ root }) => root))].filter((root) => !found.has(root))
  }
  return found
}

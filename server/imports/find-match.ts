import { sql } from 'kysely'
import { prepared } from '../db/prepared.ts'
import type { Reader, Tx } from '../http/endpoint.ts'
import { emailKey } from '../identity/email-key.ts'
import { ownStrengths } from '../identity/index-keys.ts'
import { phoneKey } from '../identity/phone-key.ts'
import type { ImportWish } from '#contract/imports.ts'
import type { ReadRow } from './read-row.ts'

export interface Match {
  readonly contactId: number
  readonly blocked: boolean
}

/** By what a row would be recognised, the strongest first. */
export function keysOfRow({ values }: Pick<ReadRow, 'values'>, matchBy: ImportWish['matchBy']): string[] {
  return matchBy.flatMap((by) => {
    if (by === 'id') return []
    const value = values[by]
    const key = value == null ? null : by === 'phone' ? phoneKey(value).key : emailKey(value).key
    return key === null ? [] : [key]
  })
}

/**
 * The contact that a row is about: by its number, else by the first of its keys that somebody has; of several the oldest, those
 * who are not blocked first. Absorbed contacts are answered by who absorbed them.
 */
export async function findMatch(
  db: Reader | Tx,
  workspaceId: number,
  row: ReadRow,
  matchBy: ImportWish['matchBy'],
): Promise<Match | null> {
  if (row.contactId !== null && matchBy.includes('id')) {
    const { rows } = await sql<Match>`${prepared}
      select root.id as "contactId", root.blocked_at is not null as blocked from contact asked
      join contact root on root.workspace_id = asked.workspace_id and root.id = coalesce(asked.root_id, asked.id)
      where asked.workspace_id = ${workspaceId} and asked.id = ${row.contactId}`.execute(db)
    if (rows[0] !== undefined) return rows[0]
  }
  const keys = keysOfRow(row, matchBy)
  if (keys.length === 0) return null
  const { rows } = await sql<Match>`${prepared}
    select root.id as "contactId", root.blocked_at is not null as blocked
    from unnest(${keys}::text[]) with ordinality asked (key, place)
    join identity_key k on k.workspace_id = ${workspaceId} and k.key = asked.key and k.strength = any(${ownStrengths}::text[])
    join contact born on born.workspace_id = k.workspace_id and born.id = k.contact_id
    join contact root on root.workspace_id = born.workspace_id and root.id = coalesce(born.root_id, born.id)
    order by root.blocked_at is not null, asked.place, root.created_at, root.id limit 1`.execute(db)
  return rows[0] ?? null
}

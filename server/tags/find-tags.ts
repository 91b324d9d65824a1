import { sql } from 'kysely'
import type { Reader, Tx } from '../http/endpoint.ts'
import { tagNameKey } from './tag-name.ts'

/** The numbers of the tags that have these names, by `tagNameKey`; names that no tag has are missing. */
export async function findTags(
  db: Reader | Tx,
  workspaceId: number,
  names: Iterable<string>,
): Promise<Map<string, number>> {
  const keys = [...new Set(Array.from(names, tagNameKey))]
  if (keys.length === 0) return new Map()
  const { rows } = await sql<{ id: number; key: string }>`
    select id, name_key as key from tag
    where workspace_id = ${workspaceId} and name_key = any(${keys}::text[]) and merged_into is null`.execute(db)
  return new Map(rows.map(({ id, key }) => [key, id]))
}

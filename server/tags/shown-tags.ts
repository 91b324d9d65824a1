import { sql, type RawBuilder } from 'kysely'
import type { Tag } from '#contract/tags.ts'
import type { Reader, Tx } from '../http/endpoint.ts'

/**
 * The tags of a contact as JSON, in the order in which they were put on; of those that have become one, that one, once.
 * @param contact the alias of a row with `workspace_id` and `tags`
 */
export function shownTags(contact: 'c' | 'p'): RawBuilder<Tag[]> {
  const of = sql.ref(contact)
  return sql`(
    select coalesce(json_agg(json_build_object('id', t.id, 'name', t.name, 'colour', t.colour, 'emoji', t.emoji)
      order by held.place), '[]')
    from (
      select coalesce(named.merged_into, named.id) as id, min(listed.place) as place
      from unnest(${of}.tags) with ordinality listed (id, place)
      join tag named on named.workspace_id = ${of}.workspace_id and named.id = listed.id
      group by 1
    ) held
    join tag t on t.workspace_id = ${of}.workspace_id and t.id = held.id)`
}

/** The same of a list of numbers that no contact holds yet. */
export async function loadTags(db: Reader | Tx, workspaceId: number, tagIds: readonly number[]): Promise<Tag[]> {
  if (tagIds.length === 0) return []
  const { rows } = await sql<{ tags: Tag[] }>`
    select ${shownTags('c')} as tags
    from (select ${workspaceId}::bigint as workspace_id, ${tagIds}::integer[] as tags) c`.execute(db)
  return rows[0]?.tags ?? []
}

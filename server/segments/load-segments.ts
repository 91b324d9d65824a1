import type { Selectable } from 'kysely'
import type { Filter } from '#contract/filter.ts'
import type { Segment } from '#contract/segments.ts'
import type { Segment as Row } from '../db/tables.ts'
import type { Reader, Tx } from '../http/endpoint.ts'

/** The segments of a workspace by name, or one of them. */
export async function loadSegments(db: Reader | Tx, workspaceId: number, id: number | null = null): Promise<Segment[]> {
  const rows = await db
    .selectFrom('segment')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .$if(id !== null, (query) => query.where('id', '=', id))
    .orderBy('name_key')
    .execute()
  return rows.map(showSegment)
}

export const showSegment = (row: Selectable<Row>): Segment => ({
  id: row.id,
  name: row.name,
  filter: row.filter as unknown as Filter,
  contacts: row.contacts,
  countedAt: row.counted_at?.toISOString() ?? null,
})

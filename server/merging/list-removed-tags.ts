import { sql } from 'kysely'
import type { Reader, Tx } from '../http/endpoint.ts'
import type { NotePlace } from './list-notes.ts'

/**
 * The names of tags that the contact had before a merge and that were taken off since: nobody gets them back.
 * @param places where what happened while merged stands
 * @param held what it has now
 */
export async function listRemovedTags(
  db: Reader | Tx,
  workspaceId: number,
  places: readonly NotePlace[],
  held: readonly number[],
): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    with first_since as (
      select distinct on (happened.tag_id) happened.* from (
        select a.id, a.kind, (a.data->>'tagId')::bigint as tag_id, a.data->>'name' as name
        from unnest(${places.map(({ contactId }) => contactId)}::bigint[], ${places.map(({ after }) => after)}::bigint[])
          place (contact_id, after)
        join activity a on a.workspace_id = ${workspaceId} and a.contact_id = place.contact_id and a.id > place.after
        where a.kind in ('tagAdded', 'tagRemoved')) happened
      order by happened.tag_id, happened.id
    )
    select name from first_since
    where kind = 'tagRemoved' and tag_id <> all(${held}::bigint[]) order by id limit 100`.execute(db)
  return rows.map(({ name }) => name)
}

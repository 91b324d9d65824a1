import { sql } from 'kysely'
import type { Reader, Tx } from '../http/endpoint.ts'

/** By which channels live contacts do not want to be written to (null: by none), they or any they have absorbed. */
export async function findOptOuts(
  db: Reader | Tx,
  workspaceId: number,
  contactIds: readonly number[],
): Promise<Map<number, Set<number | null>>> {
  const { rows } = await sql<{ id: number; channel_id: number | null }>`
    select coalesce(part.root_id, part.id) as id, nullif(o.channel_id, 0) as channel_id
    from contact part join opt_out o on o.workspace_id = part.workspace_id and o.contact_id = part.id
    where part.workspace_id = ${workspaceId}
      and (part.id = any(${contactIds}::bigint[]) or part.root_id = any(${contactIds}::bigint[]))`.execute(db)
  const found = new Map<number, Set<number | null>>()
  for (const { id, channel_id } of rows) found.set(id, new Set([...(found.get(id) ?? []), channel_id]))
  return found
}

import { sql } from 'kysely'
import type { Tx } from '../http/endpoint.ts'
import { forgetNames } from './forget-names.ts'

/**
 * Empties the history of merges in which these contacts had a part: who did it and when stays, names and values go, also from
 * what the others' records tell of it. None of them can be undone any more.
 */
export async function forgetMerges(tx: Tx, workspaceId: number, contactIds: readonly number[]): Promise<void> {
  const { rows: ops } = await sql<{ id: number }>`
    select id from merge_op where workspace_id = ${workspaceId} and id in (
      select id from merge_op where workspace_id = ${workspaceId} and survivor_id = any(${contactIds}::bigint[])
      union all
      select op_id from merge_edge where workspace_id = ${workspaceId} and child_id = any(${contactIds}::bigint[]))
    order by id for update`.execute(tx)
  if (ops.length === 0) return
  const opIds = ops.map(({ id }) => id)
  await sql`
    update merge_op set final_at = coalesce(final_at, now()), reasons = '[]', before = '{}',
      txt = array_to_string(array(select ' ' || survivor_id union all
        select ' ' || (one->>'contactId') from jsonb_array_elements(shown->'absorbed') one), ''),
      shown = shown || jsonb_build_object('survivorName', null, 'discarded', '[]'::jsonb, 'runsStopped', '[]'::jsonb, 'absorbed', (
        select jsonb_agg(jsonb_build_object('contactId', one->'contactId', 'displayName', null))
        from jsonb_array_elements(shown->'absorbed') one))
    where workspace_id = ${workspaceId} and id = any(${opIds}::bigint[])`.execute(tx)
  const { rows: told } = await sql<{ id: number; data: unknown }>`
    select a.id, a.data from (
      select survivor_id as id from merge_op where workspace_id = ${workspaceId} and id = any(${opIds}::bigint[])
      union select child_id from merge_edge where workspace_id = ${workspaceId} and op_id = any(${opIds}::bigint[])
    ) party
    join activity a on a.workspace_id = ${workspaceId} and a.contact_id = party.id
    where a.kind in ('merged', 'unmerged') and (a.data->>'mergeId')::bigint = any(${opIds}::bigint[])
    order by a.id`.execute(tx)
  if (told.length === 0) return
  const gone = new Set(contactIds)
  const data = told.map((line) => JSON.stringify(forgetNames(line.data, gone)))
  await sql`
    update activity set data = line.data
    from unnest(${told.map(({ id }) => id)}::bigint[], ${data}::jsonb[]) line (id, data)
    where activity.workspace_id = ${workspaceId} and activity.id = line.id`.execute(tx)
}

import { sql } from 'kysely'
import type { ReadContext, Reader, Tx } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { loadFields } from './list-fields.ts'
import type { ParsedInput } from './parsed-input.ts'

/** How many contacts hold a value in a field. */
export async function countField(
  { db, actor }: ReadContext,
  { fieldId }: ParsedInput<'count'>,
): Promise<{ contacts: number }> {
  const [field] = await loadFields(db, actor.workspaceId, fieldId)
  return field === undefined ? fail('NOT_FOUND') : { contacts: await countHolders(db, actor.workspaceId, fieldId) }
}

/** Counts every one of them, by the index alone. */
export async function countHolders(db: Reader | Tx, workspaceId: number, fieldId: number): Promise<number> {
  const { rows } = await sql<{ contacts: number }>`
    select ((select count(*) from field_num where workspace_id = ${workspaceId} and field_id = ${fieldId})
      + (select count(*) from field_str where workspace_id = ${workspaceId} and field_id = ${fieldId}))::integer as contacts`.execute(
    db,
  )
  return rows[0]?.contacts ?? 0
}

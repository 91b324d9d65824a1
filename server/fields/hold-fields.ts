import type { CustomField, FieldType } from '#contract/fields.ts'
import type { Tx } from '../http/endpoint.ts'

/**
 * The fields of these numbers that there are, held so that until the transaction ends none of them goes. Whoever holds fields and
 * locks contacts holds the fields first.
 */
export async function holdFields(tx: Tx, workspaceId: number, fieldIds: readonly number[]): Promise<CustomField[]> {
  if (fieldIds.length === 0) return []
  const rows = await tx
    .selectFrom('custom_field')
    .select(['id', 'slug', 'name', 'type', 'description', 'options', 'searchable'])
    .where('workspace_id', '=', workspaceId)
    .where('id', 'in', fieldIds)
    .orderBy('id')
    .forShare()
    .execute()
  return rows.map((row) => ({ ...row, type: row.type as FieldType }))
}

import type { CustomField, FieldKey, FieldShown, FieldType, PlacedField } from '#contract/fields.ts'
import type { ReadContext, Reader, Tx } from '../http/endpoint.ts'
import { orderFields } from './order-fields.ts'

/** Every field of the record in its order. */
export async function listFields({ db, actor }: ReadContext): Promise<{ items: PlacedField[] }> {
  return { items: await loadOrder(db, actor.workspaceId) }
}

/** The fields of a workspace's records as they are arranged. */
export async function loadOrder(db: Reader | Tx, workspaceId: number): Promise<PlacedField[]> {
  const places = await db
    .selectFrom('field_place')
    .select(['key', 'position', 'shown'])
    .where('workspace_id', '=', workspaceId)
    .execute()
  const placed = places.map((place) => ({ ...place, key: place.key as FieldKey, shown: place.shown as FieldShown }))
  const [stage] = await db
    .selectFrom('lifecycle_stage')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .limit(1)
    .execute()
  return orderFields(await loadFields(db, workspaceId), placed, stage !== undefined)
}

/** The workspace's own fields, oldest first, or one of them. */
export async function loadFields(
  db: Reader | Tx,
  workspaceId: number,
  fieldId: number | null = null,
): Promise<CustomField[]> {
  const rows = await db
    .selectFrom('custom_field')
    .select(['id', 'slug', 'name', 'type', 'description', 'options', 'searchable'])
    .where('workspace_id', '=', workspaceId)
    .$if(fieldId !== null, (query) => query.where('id', '=', fieldId))
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, type: row.type as FieldType }))
}

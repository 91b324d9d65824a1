import type { FieldKey, FieldShown, PlacedField } from '#contract/fields.ts'
import { recordAudit } from '../activity/record-audit.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail, refuse } from '../http/fail.ts'
import { loadOrder } from './list-fields.ts'
import { moveField } from './order-fields.ts'
import type { ParsedInput } from './parsed-input.ts'

/** Puts a field elsewhere in the record, or has it shown at other times. Of two people who arrange at once, both have their way. */
export async function placeField(
  { tx, actor, deps, live }: WriteContext,
  { key, before, shown }: ParsedInput<'place'>,
): Promise<{ items: PlacedField[] }> {
  const { workspaceId } = actor
  // one after the other: each moves a field within the order that the last one left
  await tx.selectFrom('workspace').select('id').where('id', '=', workspaceId).forNoKeyUpdate().execute()
  const order = await loadOrder(tx, workspaceId)
  const isThere = (one: string) => order.some((field) => field.key === one)
  if (!isThere(key)) return fail('NOT_FOUND')
  if (before != null && (before === key || !isThere(before)))
    return refuse('before', 'unknown', 'Name another field of the record.')
  const moved = before === undefined ? order : moveField(order, key, before)
  const items = moved.map((field) => (field.key === key ? { ...field, shown: shown ?? field.shown } : field))
  if (JSON.stringify(items) !== JSON.stringify(order)) {
    await tx.deleteFrom('field_place').where('workspace_id', '=', workspaceId).execute()
    await tx
      .insertInto('field_place')
      .values(
        items.map((field, position) => ({
          workspace_id: workspaceId,
          key: field.key,
          position,
          shown: field.shown,
        })),
      )
      .execute()
    await recordAudit(tx, deps.clock, actor, 'fieldPlaced', {
      name: items.find((field) => field.key === key)?.custom?.name ?? key,
      from: placeOf(order, key),
      to: placeOf(items, key),
    })
    live({ event: { type: 'fields' }, seenBy: null })
  }
  return { items }
}

/** Where a field stands, counted from 1, and when it is shown. */
function placeOf(order: readonly PlacedField[], key: FieldKey): { position: number; shown: FieldShown | undefined } {
  const at = order.findIndex((field) => field.key === key)
  return { position: at + 1, shown: order[at]?.shown }
}

// pure
import { recordFields } from '#contract/field-words.ts'
import type { CustomField, FieldKey, FieldShown, PlacedField } from '#contract/fields.ts'

interface Place {
  readonly key: FieldKey
  readonly position: number
  readonly shown: FieldShown
}

/**
 * The order of the record: first what somebody has placed, then the rest as it came to be. There is a lifecycle where the
 * workspace has stages.
 */
export function orderFields(
  customs: readonly CustomField[],
  places: readonly Place[],
  hasStages: boolean,
): PlacedField[] {
  const custom = new Map(customs.map((field) => [`#${field.id}` as FieldKey, field]))
  const place = new Map(places.map((one) => [one.key, one]))
  const standard = recordFields.filter((key) => key !== 'lifecycle' || hasStages)
  const keys: FieldKey[] = [...standard, ...custom.keys()]
  const rank = (key: FieldKey) => place.get(key)?.position ?? places.length + keys.indexOf(key)
  return keys
    .toSorted((a, b) => rank(a) - rank(b))
    .map((key) => ({ key, shown: place.get(key)?.shown ?? 'always', custom: custom.get(key) ?? null }))
}

/** The same order with one field right before another, last where that is null. */
export function moveField(order: readonly PlacedField[], key: FieldKey, before: FieldKey | null): PlacedField[] {
  const moved = order.filter((field) => field.key === key)
  const rest = order.filter((field) => field.key !== key)
  const at = before === null ? rest.length : rest.findIndex((field) => field.key === before)
  return [...rest.slice(0, at), ...moved, ...rest.slice(at)]
}

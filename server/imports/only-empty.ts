// pure
import type { Selectable } from 'kysely'
import { namedValues, type FieldValues } from '../contacts/plan-edit.ts'
import { isCustom, valueIn } from '../contacts/provenance.ts'
import type { Contact } from '../db/tables.ts'

/** Of what a row says, what fills something that is empty. */
export function onlyEmpty(contact: Selectable<Contact>, values: FieldValues): FieldValues {
  const open = namedValues(values).filter(([field]) => valueIn(contact, field) === null)
  const custom = Object.fromEntries(open.filter(([field]) => isCustom(field)))
  const standard = Object.fromEntries(open.filter(([field]) => !isCustom(field)))
  return {
    ...standard,
    ...(values.phoneUnverified === undefined ? {} : { phoneUnverified: values.phoneUnverified }),
    custom,
  }
}

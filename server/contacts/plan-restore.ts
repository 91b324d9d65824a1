// pure
import type { Selectable } from 'kysely'
import type { CustomField, FieldValue } from '#contract/fields.ts'
import type { Contact } from '../db/tables.ts'
import { ownIn, type HeldOrigin, type OwnValues } from './golden-values.ts'
import { planEdit, type Change, type EditPlan, type FieldValues } from './plan-edit.ts'
import { isCustom, valueIn, type Origin, type Provenance, type ValuedField } from './provenance.ts'
import type { ContactWrite } from './write-contacts.ts'

type Alone = OwnValues[keyof OwnValues]

/** A change that was made, as it is kept for taking it back. */
export interface Made {
  readonly field: string
  readonly from: FieldValue | null
  readonly to: FieldValue | null
  /** Where the value before came from. */
  readonly origin: HeldOrigin
  /** What it said alone where it stood for others too; null: nothing. */
  readonly alone?: Alone | null
}

/** @param before the contact and where its values came from, as the change found them */
export const madeOf = (
  { field, from, to }: Pick<Change, 'field' | 'from' | 'to'>,
  { own }: Pick<Selectable<Contact>, 'own'>,
  provenance: Provenance,
): Made => ({
  field,
  from,
  to,
  origin: provenance[field] ?? null,
  ...(own !== null && { alone: (own as unknown as OwnValues)[field] ?? null }),
})

/**
 * Changes go back where they still stand: values with where they came from. Of a contact that stands for others, what it says
 * alone: what they all say follows from that (`writeMember`). Null where nothing stands any more.
 * @param unverified was the phone before? where it is not known otherwise
 * @returns what is to be written; `plan` says what changes, of a contact that stands for nobody else
 */
export function planRestore(
  write: ContactWrite,
  changes: readonly Made[],
  there: { readonly customs: readonly Pick<CustomField, 'id'>[]; readonly stages: readonly { readonly id: number }[] },
  by: Origin,
  unverified = false,
): { write: ContactWrite; plan: EditPlan | null } | null {
  const { after, provenance } = write
  const own = after.own as OwnValues | null
  const standing = changes.flatMap((change) => {
    const field = change.field as ValuedField
    const { from, origin } = saidBefore(change)
    const isThere =
      field === 'lifecycle'
        ? from === null || there.stages.some(({ id }) => id === from)
        : !isCustom(field) || there.customs.some(({ id }) => field === `#${id}`)
    const says = own === null ? valueIn(after, field) : readAs(field, ownIn(own, field).value)
    return isThere && says === change.to ? [{ field, from, origin, alone: change.alone }] : []
  })
  if (standing.length === 0) return null
  const phone = changes.find(({ field }) => field === 'phone')?.alone
  const wasUnverified = phone?.unverified ?? unverified
  if (own !== null) return { write: restoreOwn(write, own, standing, wasUnverified), plan: null }
  const wanted = (custom: boolean) =>
    Object.fromEntries(
      standing.filter(({ field }) => isCustom(field) === custom).map(({ field, from }) => [field, from]),
    )
  const values: FieldValues = { ...wanted(false), phoneUnverified: wasUnverified, custom: wanted(true) }
  const plan = planEdit(after, provenance, values, by)
  if (plan === null) return null
  const origins: Record<string, unknown> = { ...plan.provenance }
  for (const { field, origin } of standing) {
    if (origin === null) delete origins[field]
    else origins[field] = origin
  }
  return { write: { ...write, ...plan, before: write.before, provenance: origins as Provenance }, plan }
}

/** What it said itself before, which is not what stood there where it stood for others too. */
const saidBefore = ({ field, from, origin, alone }: Made) =>
  alone === undefined ? { from, origin } : { from: readAs(field, alone?.value ?? null), origin: alone?.origin ?? null }

/** A stage's number, which what a contact says alone keeps in digits. */
const readAs = (field: string, value: FieldValue | null): FieldValue | null =>
  field === 'lifecycle' && value !== null ? Number(value) : value

function restoreOwn(
  write: ContactWrite,
  own: OwnValues,
  standing: readonly (Pick<Made, 'from' | 'origin' | 'alone'> & { readonly field: ValuedField })[],
  unverified: boolean,
): ContactWrite {
  const said: Record<string, Alone> = { ...own }
  for (const { field, from, origin, alone } of standing) {
    const value = field === 'lifecycle' && from !== null ? String(from) : from
    const phone = field === 'phone' && { unverified }
    if (alone === null) delete said[field]
    else said[field] = alone ?? { value, origin, version: 0, ...phone }
  }
  const { after } = write
  const { phone, email } = said as unknown as OwnValues
  return {
    ...write,
    after: { ...after, own: said as unknown as Selectable<Contact>['own'], version: after.version + 1 },
    says: { phone: phone.value, email: email.value },
    reached: standing.some(({ field }) => field === 'phone' || field === 'email'),
  }
}

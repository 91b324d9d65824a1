import type { Selectable, Updateable } from 'kysely'
import type { StandardField } from '#contract/contacts.ts'
import type { CustomKey, FieldValue } from '#contract/fields.ts'
import type { Contact } from '../db/tables.ts'
import { countryOfPhone } from '../identity/phone-key.ts'
import { ownIn, type OwnValues } from './golden-values.ts'
import {
  columnOf,
  isCustom,
  isDecided,
  valueIn,
  type CustomFields,
  type Origin,
  type Provenance,
  type Source,
  type ValuedField,
} from './provenance.ts'
import { searchable } from './search-text.ts'
import { sortName } from './sort-name.ts'

/** Checked values: phone in E.164, nothing blank. A field that is not named stays as it is. */
export interface FieldValues extends Readonly<Partial<Record<StandardField, string | null>>> {
  /** Of the phone named beside it. */
  readonly phoneUnverified?: boolean
  readonly lifecycle?: number | null
  readonly custom?: Readonly<Partial<Record<CustomKey, FieldValue | null>>>
}

export interface Change {
  readonly field: ValuedField
  readonly from: FieldValue | null
  readonly to: FieldValue | null
  readonly origin: Origin
}

export interface EditPlan {
  readonly changes: readonly Change[]
  readonly before: Selectable<Contact>
  /** The contact as it will be. */
  readonly after: Selectable<Contact>
  /** What it is reached by and says itself, whatever it has taken over from those it absorbed. */
  readonly says: { readonly phone: string | null; readonly email: string | null }
  readonly provenance: Provenance
  /** Phone or e-mail is another one: identity keys are to be made anew. */
  readonly reached: boolean
  /** The name or what it is reached by is another: whom it may be the same as is to be judged anew. */
  readonly named: boolean
  /** What a contact is found by is another text. */
  readonly found: boolean
}

/** The values that are named, by field. */
export function namedValues(values: FieldValues): [ValuedField, FieldValue | null][] {
  const standard = (Object.keys(columnOf) as StandardField[]).map((field) => [field, values[field]] as const)
  const custom = Object.entries(values.custom ?? {}) as [CustomKey, FieldValue | null][]
  return [...standard, ['lifecycle', values.lifecycle] as const, ...custom].flatMap(([field, value]) =>
    value === undefined ? [] : [[field, value]],
  )
}

/** What an edit comes down to; null when every value already stands. The country follows the phone unless it was set by hand. */
export function planEdit(
  contact: Selectable<Contact>,
  provenance: Provenance,
  values: FieldValues,
  origin: Origin,
): EditPlan | null {
  const changes: Change[] = []
  const change = (field: ValuedField, to: FieldValue | null, by: Origin) => {
    const from = valueIn(contact, field)
    if (from !== to) changes.push({ field, from, to, origin: by })
  }
  for (const [field, value] of namedValues(values)) change(field, value, origin)
  if (values.country === undefined && changes.some(({ field }) => field === 'phone')) {
    const derived = deriveCountry(contact, provenance, values.phone ?? null)
    if (derived !== undefined) change('country', derived, { source: 'derived', by: null, at: origin.at })
  }
  if (changes.length === 0) return null

  const columns: Updateable<Contact> = Object.fromEntries(
    changes.flatMap(({ field, to }) => (isCustom(field) ? [] : [[columnNamed(field), to]])),
  )
  if (columns.phone !== undefined) columns.phone_unverified = values.phoneUnverified ?? false
  const fields = fieldsAfter(contact.fields as CustomFields, changes)
  const named = { ...contact, ...columns, fields } as Selectable<Contact>
  const own = ownAfter(contact, changes, origin.source, columns.phone_unverified)
  const touched = (some: readonly ValuedField[]) => changes.some(({ field }) => some.includes(field))
  const isNamed = touched(['firstName', 'lastName', 'phone', 'email'])
  return {
    changes,
    before: contact,
    after: {
      ...named,
      sort_name: sortName(named),
      version: contact.version + 1,
      own: own as Selectable<Contact>['own'],
    },
    says:
      own === null ? { phone: named.phone, email: named.email } : { phone: own.phone.value, email: own.email.value },
    provenance: {
      ...provenance,
      ...Object.fromEntries(
        changes.map(({ field, origin: { source, by, at } }) => [field, [source, by, at.toISOString()]]),
      ),
    },
    reached: touched(['phone', 'email']),
    named: isNamed,
    found: isNamed || changes.some(isFoundBy),
  }
}

const columnNamed = (field: Exclude<ValuedField, CustomKey>) =>
  field === 'lifecycle' ? 'lifecycle_id' : columnOf[field]

const isFoundBy = ({ field, from, to }: Change) =>
  isCustom(field) && (searchable(from) !== null || searchable(to) !== null)

/** The custom fields that hold something once the changes are made. */
function fieldsAfter(before: CustomFields, changes: readonly Change[]): CustomFields {
  const customs = changes.flatMap(({ field, to }) => (isCustom(field) ? [[field.slice(1), to] as const] : []))
  const all = Object.entries({ ...before, ...Object.fromEntries(customs) })
  return Object.fromEntries(all.flatMap(([id, value]) => (value === null ? [] : [[id, value]])))
}

/**
 * What a contact that has absorbed others says alone, with the change. What somebody decides stays, whatever was merged
 * before; what a channel says counts no more than it did.
 */
function ownAfter(
  contact: Selectable<Contact>,
  changes: readonly Change[],
  source: Source,
  unverified: boolean | undefined,
): OwnValues | null {
  const own = contact.own as OwnValues | null
  if (own === null) return null
  const said = changes.map(({ field, to, origin }) => [
    field,
    {
      value: field === 'lifecycle' && to !== null ? String(to) : to,
      origin: [origin.source, origin.by, origin.at.toISOString()],
      version: source === 'channel' ? ownIn(own, field).version : contact.version + 1,
      ...(field === 'phone' ? { unverified } : {}),
    },
  ])
  return { ...own, ...Object.fromEntries(said) }
}

/** The country a new phone gives, null when it gives none; undefined where the present one is to stay. */
function deriveCountry(
  contact: Selectable<Contact>,
  provenance: Provenance,
  phone: string | null,
): string | null | undefined {
  if (contact.country !== null && isDecided(contact, provenance, 'country', contact.country)) return undefined
  const country = phone === null ? null : countryOfPhone(phone)
  if (country !== null) return country
  return provenance.country?.[0] === 'derived' ? null : undefined
}

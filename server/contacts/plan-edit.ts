import type { Selectable, Updateable } from 'kysely'
import type { StandardField } from '#contract/contacts.ts'
import type { Contact } from '../db/tables.ts'
import { countryOfPhone } from '../identity/phone-key.ts'
import type { OwnValues } from './golden-values.ts'
import { columnOf, isDecided, type Origin, type Provenance, type Source } from './provenance.ts'
import { sortName } from './sort-name.ts'

/** Checked values: phone in E.164, nothing blank. A field that is not named stays as it is. */
export interface FieldValues extends Readonly<Partial<Record<StandardField, string | null>>> {
  /** Of the phone named beside it. */
  readonly phoneUnverified?: boolean
}

export interface Change {
  readonly field: StandardField
  readonly from: string | null
  readonly to: string | null
  readonly origin: Origin
}

export interface EditPlan {
  readonly changes: readonly Change[]
  /** The contact as it will be. */
  readonly after: Selectable<Contact>
  readonly set: Updateable<Contact>
  /** What it is reached by and says itself, whatever it has taken over from those it absorbed. */
  readonly says: { readonly phone: string | null; readonly email: string | null }
  readonly provenance: Provenance
  /** Phone or e-mail is another one: identity keys are to be made anew. */
  readonly reached: boolean
  /** What a contact is found by is another text. */
  readonly named: boolean
}

/** What an edit comes down to; null when every value already stands. The country follows the phone unless it was set by hand. */
export function planEdit(
  contact: Selectable<Contact>,
  provenance: Provenance,
  values: FieldValues,
  origin: Origin,
): EditPlan | null {
  const changes: Change[] = []
  const change = (field: StandardField, to: string | null, from: Origin) => {
    if (contact[columnOf[field]] !== to) changes.push({ field, from: contact[columnOf[field]], to, origin: from })
  }
  for (const field of Object.keys(columnOf) as StandardField[]) {
    const value = values[field]
    if (value !== undefined) change(field, value, origin)
  }
  if (values.country === undefined && changes.some(({ field }) => field === 'phone')) {
    const derived = deriveCountry(contact, provenance, values.phone ?? null)
    if (derived !== undefined) change('country', derived, { source: 'derived', by: null, at: origin.at })
  }
  if (changes.length === 0) return null

  const fields: Updateable<Contact> = Object.fromEntries(changes.map(({ field, to }) => [columnOf[field], to]))
  if (fields.phone !== undefined) fields.phone_unverified = values.phoneUnverified ?? false
  const named = { ...contact, ...fields } as Selectable<Contact>
  const set: Updateable<Contact> = { ...fields, sort_name: sortName(named), version: contact.version + 1 }
  const own = ownAfter(contact, changes, origin.source, fields.phone_unverified)
  const touched = (fieldsOf: readonly StandardField[]) => changes.some(({ field }) => fieldsOf.includes(field))
  return {
    changes,
    after: { ...named, ...set, own } as Selectable<Contact>,
    set: own === null ? set : { ...set, own: JSON.stringify(own) },
    says:
      own === null ? { phone: named.phone, email: named.email } : { phone: own.phone.value, email: own.email.value },
    provenance: {
      ...provenance,
      ...Object.fromEntries(
        changes.map(({ field, origin: { source, by, at } }) => [field, [source, by, at.toISOString()]]),
      ),
    },
    reached: touched(['phone', 'email']),
    named: touched(['firstName', 'lastName', 'phone', 'email']),
  }
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
      value: to,
      origin: [origin.source, origin.by, origin.at.toISOString()],
      version: source === 'channel' ? own[field].version : contact.version + 1,
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

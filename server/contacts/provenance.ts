import type { Selectable } from 'kysely'
import type { StandardField } from '#contract/contacts.ts'
import type { CustomKey, FieldValue } from '#contract/fields.ts'
import type { ActivityActor } from '../activity/record-activity.ts'
import type { Contact } from '../db/tables.ts'

/** `workflow`: by = the workflow; `channel`: by = the channel; `person`, `api`: by = the member; `import`: by = the import; the others: null. */
export type Source = 'channel' | 'person' | 'import' | 'merge' | 'api' | 'workflow' | 'derived' | 'sample'

export interface Origin {
  readonly source: Source
  readonly by: number | null
  readonly at: Date
}

/** A field whose value somebody may type. */
export type ValuedField = StandardField | 'lifecycle' | CustomKey

/** What `contact_provenance.p` holds: only fields whose origin differs from the contact's birth. */
export type Provenance = Readonly<
  Partial<Record<ValuedField, readonly [source: Source, by: number | null, at: string]>>
>

export const columnOf = {
  firstName: 'first_name',
  lastName: 'last_name',
  email: 'email',
  phone: 'phone',
  country: 'country',
  language: 'language',
} as const satisfies Record<StandardField, keyof Contact>

/** What `contact.fields` holds: the custom fields with a value, by number. */
export type CustomFields = Readonly<Record<string, FieldValue>>

export const isCustom = (field: string): field is CustomKey => field.startsWith('#')

/** The value that stands in a field now; of the lifecycle the stage's number. */
export function valueIn(
  contact: Pick<Selectable<Contact>, (typeof columnOf)[StandardField] | 'fields' | 'lifecycle_id'>,
  field: ValuedField,
): FieldValue | null {
  if (field === 'lifecycle') return contact.lifecycle_id
  if (!isCustom(field)) return contact[columnOf[field]]
  return (contact.fields as CustomFields)[field.slice(1)] ?? null
}

/** Where the present value of a field (or its being empty) comes from, and since when. */
export function originOf(
  contact: Pick<Selectable<Contact>, 'born_source' | 'born_by' | 'created_at'>,
  provenance: Provenance,
  field: ValuedField,
): Origin {
  const own = provenance[field]
  return own === undefined
    ? { source: contact.born_source as Source, by: contact.born_by, at: contact.created_at }
    : { source: own[0], by: own[1], at: new Date(own[2]) }
}

/** Somebody decided on this value (or on its being empty), so a channel leaves it alone. */
export function isDecided(
  contact: Pick<Selectable<Contact>, 'born_source' | 'born_by' | 'created_at'>,
  provenance: Provenance,
  field: StandardField,
  value: string | null,
): boolean {
  // a field that was never filled is empty by chance, whoever made the contact
  if (value === null && provenance[field] === undefined) return false
  return ['person', 'import', 'api', 'workflow', 'merge'].includes(originOf(contact, provenance, field).source)
}

/** Who stands in the activity for a value of this source. */
export function actorOf(source: Source, by: number | null, contactId: number): ActivityActor {
  switch (source) {
    case 'channel':
      return { type: 'contact', id: contactId }
    case 'person':
      return { type: 'member', id: by }
    case 'api':
    case 'import':
    case 'workflow':
      return { type: source, id: by }
    case 'merge':
    case 'derived':
    case 'sample':
      return { type: 'system', id: null }
  }
}

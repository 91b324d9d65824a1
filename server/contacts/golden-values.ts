// pure
import type { CustomKey, FieldValue } from '#contract/fields.ts'
import type { Source } from './provenance.ts'

/** What every merge decides on: the fields that every record has. The lifecycle is a stage's number in digits, the assignee a member's. */
export const goldenFields = [
  'firstName',
  'lastName',
  'email',
  'phone',
  'country',
  'language',
  'lifecycle',
  'assignee',
] as const
type FixedField = (typeof goldenFields)[number]
/** What a merge decides on: besides those, the custom fields in which somebody says something. */
export type GoldenField = FixedField | CustomKey

/** Source, who, since when; null where it is the contact's birth that says so. */
export type HeldOrigin = readonly [source: Source, by: number | null, at: string] | null

export interface Held<Value extends FieldValue = FieldValue> {
  readonly value: Value | null
  readonly origin: HeldOrigin
  /** Of a phone: see `contact.phone_unverified`. */
  readonly unverified?: boolean
}
export type GoldenValues = Readonly<Record<FixedField, Held<string>>> & { readonly [field: CustomKey]: Held }

interface Decided {
  readonly version: number
}
/** What a contact says alone; `version` is the contact's when somebody last decided on the value, 0 before any merge. */
export type OwnValues = Readonly<Record<FixedField, Held<string> & Decided>> & {
  readonly [field: CustomKey]: Held & Decided
}

const silent = { value: null, origin: null, version: 0 }

/** What is said in a field; a custom field that is not mentioned is empty. */
export const heldIn = (values: GoldenValues, field: GoldenField): Held => values[field] ?? silent
export const ownIn = (values: OwnValues, field: GoldenField): Held & Decided => values[field] ?? silent

/** The fields that there is something to decide on, those that every record has first. */
export function fieldsOf(said: readonly (GoldenValues | OwnValues)[]): GoldenField[] {
  const customs = new Set(said.flatMap((values) => Object.keys(values).filter((key) => key.startsWith('#'))))
  const byNumber = (a: string, b: string) => Number(a.slice(1)) - Number(b.slice(1))
  return [...goldenFields, ...([...customs].toSorted(byNumber) as CustomKey[])]
}

export interface TreeContact {
  readonly id: number
  /** Milliseconds. */
  readonly createdAt: number
  readonly own: OwnValues
}

/** A merge that stands. */
export interface TreeOp {
  readonly id: number
  readonly survivorId: number
  readonly childIds: readonly number[]
  /** The survivor's right after. */
  readonly survivorVersion: number
  readonly picks: Readonly<Partial<Record<GoldenField, number>>>
  readonly by: number | null
  readonly at: string
}

/**
 * What each contact of a tree says, given what each says alone and the merges that stand between them: the survivor's value,
 * unless somebody chose another's or it has none; then the oldest's that has one. A value on which somebody decided after a
 * merge is left alone by it. Nothing is ever patched back: take a merge out of `ops`, and this is how it was without it.
 */
export function goldenValues(
  contacts: readonly TreeContact[],
  ops: readonly TreeOp[],
): ReadonlyMap<number, GoldenValues> {
  const byId = new Map(contacts.map((contact) => [contact.id, contact]))
  const fields = fieldsOf(contacts.map(({ own }) => own))
  const known = new Map<number, GoldenValues>()
  const goldenOf = (id: number): GoldenValues => {
    const contact = byId.get(id)
    if (contact === undefined) throw new Error(`contact ${id} is missing from its tree`)
    const found = known.get(id) ?? merge(contact)
    known.set(id, found)
    return found
  }
  const merge = (contact: TreeContact): GoldenValues => {
    const absorbing = ops.filter(({ survivorId }) => survivorId === contact.id).toSorted((a, b) => a.id - b.id)
    const golden = Object.fromEntries(
      fields.map((field) => {
        const { version, ...own } = ownIn(contact.own, field)
        const later = absorbing.filter(({ survivorVersion }) => survivorVersion >= version)
        return [field, later.reduce((held: Held, op) => chosenIn(op, field, held), own)]
      }),
    )
    return golden as unknown as GoldenValues
  }
  const chosenIn = (op: TreeOp, field: GoldenField, held: Held): Held => {
    const valueOf = (id: number) => (id === op.survivorId ? held : heldIn(goldenOf(id), field))
    const chosen = choose(op, field, oldestFirst(op.childIds, byId), (id) => valueOf(id).value)
    return chosen === null || chosen === op.survivorId ? held : { ...valueOf(chosen), origin: ['merge', op.by, op.at] }
  }
  for (const { id } of contacts) goldenOf(id)
  return known
}

/** Whose value stays: that of the one somebody chose, else the survivor's, else the first other's that has one; null without any. */
export function choose(
  { survivorId, picks }: Pick<TreeOp, 'survivorId' | 'picks'>,
  field: GoldenField,
  childIds: readonly number[],
  valueOf: (contactId: number) => FieldValue | null,
): number | null {
  const pick = picks[field]
  const candidates = [...(pick === undefined ? [] : [pick]), survivorId, ...childIds]
  return candidates.find((id) => valueOf(id) !== null) ?? null
}

export function oldestFirst(
  ids: readonly number[],
  contacts: ReadonlyMap<number, Pick<TreeContact, 'createdAt'>>,
): number[] {
  const bornAt = (id: number) => contacts.get(id)?.createdAt ?? 0
  return ids.toSorted((a, b) => bornAt(a) - bornAt(b) || a - b)
}

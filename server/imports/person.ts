import type { Selectable } from 'kysely'
import type { CustomField } from '#contract/fields.ts'
import type { ActivityEntry } from '../activity/record-activity.ts'
import { birthTold, planContact } from '../contacts/insert-contact.ts'
import { planRestore, type Made } from '../contacts/plan-restore.ts'
import { namedValues, planEdit, type Change, type EditPlan, type FieldValues } from '../contacts/plan-edit.ts'
import type { Provenance } from '../contacts/provenance.ts'
import { mostTags } from '../contacts/tag-contact.ts'
import { inWords } from '../contacts/update-contact.ts'
import type { ContactWrite } from '../contacts/write-contacts.ts'
import { whatHappened } from '../contacts/write-edit.ts'
import type { Contact } from '../db/tables.ts'
import type { HeldTag } from '../tags/hold-tags.ts'
import { onlyEmpty } from './only-empty.ts'
import type { RowContext } from './read-row.ts'

/** A contact as rows of a batch leave it, one after the other. It is written once, after the last. */
export interface Person {
  readonly write: ContactWrite
  /** The tags it shows. */
  readonly held: readonly number[]
  /** What happened to it; nothing is to be written where nothing did. */
  readonly told: readonly ActivityEntry[]
}

/** What an import changed of a contact, for taking it back. */
export interface Before {
  readonly added?: true
  readonly changes?: readonly Made[]
  readonly phoneUnverified?: boolean
  readonly tags?: readonly number[]
  /** Noted that it does not want to be written to; null: by no channel. */
  readonly optOuts?: readonly (number | null)[]
  /** To whom it was given before and then. */
  readonly assignee?: { readonly from: number | null; readonly to: number }
}

/** Whose rows these are, and when they are written. */
export interface Writing {
  readonly workspaceId: number
  readonly importId: number
  readonly now: Date
}

export const personThere = (row: Selectable<Contact>, provenance: Provenance, held: readonly number[]): Person => ({
  write: {
    before: row,
    after: row,
    provenance,
    says: { phone: row.phone, email: row.email },
    reached: false,
    named: false,
    found: false,
  },
  held,
  told: [],
})

/** `createdAt`: when it was made elsewhere; what it says it says since now. */
export function personMade(
  id: number,
  values: FieldValues,
  { workspaceId, importId, now }: Writing,
  createdAt: number | null,
): Person {
  const of = { workspaceId, source: 'import', by: importId, profileName: null, pictureUrl: null } as const
  const write = { ...planContact(id, { ...of, values, now }), isDueLater: true }
  const told = [birthTold(write)]
  if (createdAt === null) return { write, held: [], told }
  const origin: Provenance[keyof Provenance] = ['import', importId, now.toISOString()]
  const said = namedValues(values).flatMap(([field, value]) => (value === null ? [] : [[field, origin]]))
  const provenance = { ...Object.fromEntries(said), ...write.provenance } as Provenance
  const after = { ...write.after, created_at: new Date(createdAt) }
  return { write: { ...write, after, provenance }, held: [], told }
}

/** What a row changed goes back where it still stands: values with where they came from, and tags that it put on. */
export function restorePerson(
  person: Person,
  before: Before,
  customs: readonly CustomField[],
  tagNames: ReadonlyMap<number, string>,
  stages: RowContext['stages'],
  { importId, now }: Writing,
): Person {
  const { write } = person
  const by = { source: 'import', by: importId, at: now } as const
  const restored = planRestore(write, before.changes ?? [], { customs, stages }, by, before.phoneUnverified)
  if (restored === null) return untagPerson(person, before.tags ?? [], tagNames, importId)
  const { plan, ...kept } = restored
  const told = plan === null ? [] : whatHappened(plan, (change) => inWords(change, customs, stages))
  const named = { reached: write.reached || kept.write.reached, named: write.named || kept.write.named }
  const there = {
    ...person,
    write: { ...kept.write, ...named, found: write.found || kept.write.found },
    told: [...person.told, ...told],
  }
  return untagPerson(there, before.tags ?? [], tagNames, importId)
}

/** Takes tags off somebody who has absorbed nobody. */
function untagPerson(
  person: Person,
  tagIds: readonly number[],
  names: ReadonlyMap<number, string>,
  importId: number,
): Person {
  const { write, held, told } = person
  const { after, untagged = [], tagged = [] } = write
  const off = tagIds.filter((id) => after.tags.includes(id) && names.has(id))
  if (off.length === 0 || after.own_tags !== null) return person
  return {
    write: {
      ...write,
      after: { ...after, tags: after.tags.filter((id) => !off.includes(id)), version: after.version + 1 },
      tagged: tagged.filter((id) => !off.includes(id)),
      untagged: [...untagged, ...off],
    },
    held: held.filter((id) => !off.includes(id)),
    told: [
      ...told,
      ...off.map((tagId) => ({
        contactId: after.id,
        kind: 'tagRemoved' as const,
        actor: { type: 'import' as const, id: importId },
        data: { tagId, name: names.get(tagId) ?? '' },
      })),
    ],
  }
}

/** What a row says becomes what the contact says; `keepExisting`: only where it says nothing. */
export function editPerson(
  person: Person,
  values: FieldValues,
  keepExisting: boolean,
  { customs, stages }: Pick<RowContext, 'customs' | 'stages'>,
  { importId, now }: Writing,
): { person: Person; changes: readonly Change[] } {
  const { after, provenance } = person.write
  const wanted = keepExisting ? onlyEmpty(after, values) : values
  const plan = planEdit(after, provenance, wanted, { source: 'import', by: importId, at: now })
  return plan === null
    ? { person, changes: [] }
    : { person: withEdit(person, plan, customs, stages), changes: plan.changes }
}

const withEdit = (
  { write, told, held }: Person,
  plan: EditPlan,
  customs: readonly CustomField[],
  stages: RowContext['stages'],
): Person => ({
  held,
  write: {
    ...write,
    after: plan.after,
    provenance: plan.provenance,
    says: plan.says,
    reached: write.reached || plan.reached,
    named: write.named || plan.named,
    found: write.found || plan.found,
  },
  told: [...told, ...whatHappened(plan, (change) => inWords(change, customs, stages))],
})

/** Puts on the tags that it does not have, as many as a contact holds. */
export function tagPerson(
  person: Person,
  wanted: readonly HeldTag[],
  { importId }: Writing,
): { person: Person; added: readonly HeldTag[] } {
  const { write, held, told } = person
  const added = wanted.filter(({ id }) => !held.includes(id)).slice(0, Math.max(0, mostTags - held.length))
  if (added.length === 0) return { person, added }
  const ids = added.map(({ id }) => id)
  const { after, tagged = [] } = write
  return {
    person: {
      write: {
        ...write,
        after: {
          ...after,
          tags: [...after.tags, ...ids],
          own_tags: after.own_tags === null ? null : [...after.own_tags, ...ids],
          version: after.version + 1,
        },
        tagged: [...tagged, ...ids],
      },
      held: [...held, ...ids],
      told: [
        ...told,
        ...added.map(({ id, name }) => ({
          contactId: after.id,
          kind: 'tagAdded' as const,
          actor: { type: 'import' as const, id: importId },
          data: { tagId: id, name },
        })),
      ],
    },
    added,
  }
}

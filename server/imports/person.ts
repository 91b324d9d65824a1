import type { Selectable } from 'kysely'
import type { CustomField } from '#contract/fields.ts'
import type { ActivityEntry } from '../activity/record-activity.ts'
import { birthTold, planContact } from '../contacts/insert-contact.ts'
import { planEdit, type Change, type FieldValues } from '../contacts/plan-edit.ts'
import type { Provenance } from '../contacts/provenance.ts'
import { mostTags } from '../contacts/tag-contact.ts'
import { inWords } from '../contacts/update-contact.ts'
import type { ContactWrite } from '../contacts/write-contacts.ts'
import { whatHappened } from '../contacts/write-edit.ts'
import type { Contact } from '../db/tables.ts'
import type { HeldTag } from '../tags/hold-tags.ts'
import { onlyEmpty } from './only-empty.ts'

/** A contact as rows of a batch leave it, one after the other. It is written once, after the last. */
export interface Person {
  readonly write: ContactWrite
  /** The tags it shows. */
  readonly held: ReadonlySet<number>
  /** What happened to it; nothing is to be written where nothing did. */
  readonly told: readonly ActivityEntry[]
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
  held: new Set(held),
  told: [],
})

export function personMade(id: number, values: FieldValues, { workspaceId, importId, now }: Writing): Person {
  const of = { workspaceId, source: 'import', by: importId, profileName: null, pictureUrl: null } as const
  const write = planContact(id, { ...of, values, now })
  return { write, held: new Set(), told: [birthTold(write)] }
}

/** What a row says becomes what the contact says; `keepExisting`: only where it says nothing. */
export function editPerson(
  person: Person,
  values: FieldValues,
  keepExisting: boolean,
  customs: readonly CustomField[],
  { importId, now }: Writing,
): { person: Person; changes: readonly Change[] } {
  const { after, provenance } = person.write
  const wanted = keepExisting ? onlyEmpty(after, values) : values
  const plan = planEdit(after, provenance, wanted, { source: 'import', by: importId, at: now })
  if (plan === null) return { person, changes: [] }
  const { write, told } = person
  return {
    person: {
      ...person,
      write: {
        ...write,
        after: plan.after,
        provenance: plan.provenance,
        says: plan.says,
        reached: write.reached || plan.reached,
        named: write.named || plan.named,
        found: write.found || plan.found,
      },
      told: [...told, ...whatHappened(plan, (change) => inWords(change, customs, []))],
    },
    changes: plan.changes,
  }
}

/** Puts on the tags that it does not have, as many as a contact holds. */
export function tagPerson(
  person: Person,
  wanted: readonly HeldTag[],
  { importId }: Writing,
): { person: Person; added: readonly HeldTag[] } {
  const { write, held, told } = person
  const added = wanted.filter(({ id }) => !held.has(id)).slice(0, Math.max(0, mostTags - held.size))
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
      held: new Set([...held, ...ids]),
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

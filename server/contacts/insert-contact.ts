import type { Selectable } from 'kysely'
import { recordActivity, type ActivityEntry } from '../activity/record-activity.ts'
import type { Contact } from '../db/tables.ts'
import type { Deps } from '../deps.ts'
import type { Reader, Tx } from '../http/endpoint.ts'
import { countryOfPhone } from '../identity/phone-key.ts'
import { displayName } from './display-name.ts'
import type { FieldValues } from './plan-edit.ts'
import { actorOf, type CustomFields, type Source } from './provenance.ts'
import { readSender, type SenderValues } from './read-sender.ts'
import { sortName } from './sort-name.ts'
import { writeContacts, type ContactWrite } from './write-contacts.ts'

export interface NewContact {
  readonly workspaceId: number
  readonly source: Source
  /** See `Source`: the channel, the member, the import, or null. */
  readonly by: number | null
  /** From a channel in any spelling; from anybody else already checked, the phone in E.164. */
  readonly values: SenderValues & Pick<FieldValues, 'phoneUnverified' | 'custom' | 'lifecycle'>
  readonly profileName: string | null
  readonly pictureUrl: string | null
  readonly now?: Date
}

/** Makes a contact with everything that belongs to one, in the caller's transaction. */
export async function insertContact(
  tx: Tx,
  deps: Pick<Deps, 'numbers' | 'clock'>,
  contact: NewContact,
): Promise<{ contactId: number }> {
  const { workspaceId, source, values } = contact
  const contactId = await deps.numbers.next(workspaceId, 'contact')
  const known = source === 'channel' ? readSender(values, await countryFor(tx, workspaceId, values.phone)) : values
  const planned = planContact(contactId, { ...contact, values: known, now: contact.now ?? deps.clock.now() })
  await writeContacts(tx, workspaceId, [planned])
  await recordActivity(tx, deps.clock, workspaceId, [birthTold(planned)])
  return { contactId }
}

/** A new contact as it will be written. Values are checked ones, whoever they came from. */
export function planContact(
  id: number,
  {
    workspaceId,
    source,
    by,
    values,
    profileName,
    pictureUrl,
    now,
  }: Omit<NewContact, 'values' | 'now'> & { readonly values: FieldValues; readonly now: Date },
): ContactWrite {
  const derived = values.phone == null ? null : countryOfPhone(values.phone)
  // what a channel says of the country counts less than the phone, what a person says counts more
  const isDerived = derived !== null && (values.country == null || source === 'channel')
  const named = Object.entries(values.custom ?? {}).flatMap(([key, value]) =>
    value == null ? [] : [[key.slice(1), value]],
  )
  const row = {
    workspace_id: workspaceId,
    id,
    created_at: now,
    first_name: values.firstName ?? null,
    last_name: values.lastName ?? null,
    profile_name: profileName,
    picture_url: pictureUrl,
    email: values.email ?? null,
    phone: values.phone ?? null,
    phone_unverified: values.phoneUnverified ?? false,
    country: isDerived ? derived : (values.country ?? null),
    language: values.language ?? null,
    lifecycle_id: values.lifecycle ?? null,
    fields: Object.fromEntries(named) as CustomFields,
    tags: [],
    own: null,
    own_tags: null,
    root_id: null,
    blocked_at: null,
    version: 1,
    born_source: source,
    born_by: by,
  } satisfies Omit<Selectable<Contact>, 'sort_name'>
  return {
    before: null,
    after: { ...row, sort_name: sortName(row) },
    provenance: isDerived ? { country: ['derived', null, now.toISOString()] } : {},
    says: { phone: row.phone, email: row.email },
    reached: true,
    named: true,
    found: true,
  }
}

/** What making a contact is remembered as. */
export function birthTold({ after }: Pick<ContactWrite, 'after'>): ActivityEntry {
  const [source, by] = [after.born_source as Source, after.born_by]
  return {
    contactId: after.id,
    kind: 'contactCreated',
    actor: actorOf(source, by, after.id),
    data: { source, by, name: displayName(after) },
  }
}

/** The workspace's own country, asked for only where a phone may stand without its country code. */
export async function countryFor(
  tx: Tx,
  workspaceId: number,
  phone: string | null | undefined,
): Promise<string | null> {
  return phone == null || phone.trimStart().startsWith('+') ? null : workspaceCountry(tx, workspaceId)
}

/** The country in which the workspace reads phones. */
export async function workspaceCountry(tx: Reader | Tx, workspaceId: number): Promise<string | null> {
  const workspace = await tx
    .selectFrom('workspace')
    .select('default_country')
    .where('id', '=', workspaceId)
    .executeTakeFirst()
  return workspace?.default_country ?? null
}

import { sql, type Insertable, type Selectable } from 'kysely'
import { recordActivity } from '../activity/record-activity.ts'
import type { Contact } from '../db/tables.ts'
import type { Deps } from '../deps.ts'
import type { Reader, Tx } from '../http/endpoint.ts'
import { indexKeys } from '../identity/index-keys.ts'
import { countryOfPhone } from '../identity/phone-key.ts'
import { displayName } from './display-name.ts'
import { indexFields } from './index-fields.ts'
import type { FieldValues } from './plan-edit.ts'
import { actorOf, type CustomFields, type Source } from './provenance.ts'
import { readSender, type SenderValues } from './read-sender.ts'
import { searchText } from './search-text.ts'
import { sortName } from './sort-name.ts'

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
  { workspaceId, source, by, values, profileName, pictureUrl, now = new Date() }: NewContact,
): Promise<{ contactId: number }> {
  const id = await deps.numbers.next(workspaceId, 'contact')
  const known: FieldValues =
    source === 'channel' ? readSender(values, await countryFor(tx, workspaceId, values.phone)) : values
  const derived = known.phone == null ? null : countryOfPhone(known.phone)
  // what a channel says of the country counts less than the phone, what a person says counts more
  const isDerived = derived !== null && (known.country == null || source === 'channel')
  const named = Object.entries(values.custom ?? {}).flatMap(([key, value]) =>
    value == null ? [] : [[key.slice(1), value]],
  )
  const fields = Object.fromEntries(named) as CustomFields
  const row = {
    workspace_id: workspaceId,
    id,
    created_at: now,
    first_name: known.firstName ?? null,
    last_name: known.lastName ?? null,
    profile_name: profileName,
    picture_url: pictureUrl,
    email: known.email ?? null,
    phone: known.phone ?? null,
    phone_unverified: known.phoneUnverified ?? false,
    country: isDerived ? derived : (known.country ?? null),
    language: known.language ?? null,
    born_source: source,
    born_by: by,
  } satisfies Omit<Insertable<Contact>, 'sort_name'> & Partial<Selectable<Contact>>

  await tx
    .insertInto('contact')
    .values({
      ...row,
      lifecycle_id: values.lifecycle ?? defaultStage(workspaceId),
      fields: JSON.stringify(fields),
      sort_name: sortName(row),
    })
    .execute()
  await tx.insertInto('contact_state').values({ workspace_id: workspaceId, contact_id: id }).execute()
  await tx
    .insertInto('contact_search')
    .values({ workspace_id: workspaceId, contact_id: id, txt: searchText({ ...row, fields }) })
    .execute()
  if (isDerived) {
    const p = JSON.stringify({ country: ['derived', null, now.toISOString()] })
    await tx.insertInto('contact_provenance').values({ workspace_id: workspaceId, contact_id: id, p }).execute()
  }
  await indexKeys(tx, workspaceId, id, row)
  await indexFields(tx, workspaceId, [{ contactId: id, before: {}, after: fields }])
  await tx
    .updateTable('workspace')
    .set({ first_contact_at: now })
    .where('id', '=', workspaceId)
    .where('first_contact_at', 'is', null)
    .execute()
  await recordActivity(tx, deps.clock, workspaceId, [
    {
      contactId: id,
      kind: 'contactCreated',
      actor: actorOf(source, by, id),
      data: { source, by, name: displayName(row) },
    },
  ])
  return { contactId: id }
}

/** The stage in which new contacts begin; null where the workspace has none. */
const defaultStage = (workspaceId: number) => sql<number | null>`(
  select id from lifecycle_stage where workspace_id = ${workspaceId} and is_default)`

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

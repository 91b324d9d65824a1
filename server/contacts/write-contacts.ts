import { sql, type Selectable } from 'kysely'
import { preparedFor } from '../db/prepared.ts'
import type { Contact } from '../db/tables.ts'
import { silentFields } from '../fields/silent-fields.ts'
import type { Tx } from '../http/endpoint.ts'
import { indexKeys } from '../identity/index-keys.ts'
import { markDue } from '../identity/mark-due.ts'
import { takingBreaths } from '../jobs/taking-breaths.ts'
import type { OwnValues } from './golden-values.ts'
import { indexFields } from './index-fields.ts'
import { loadTrees } from './load-trees.ts'
import type { EditPlan } from './plan-edit.ts'
import type { CustomFields } from './provenance.ts'
import { searchText } from './search-text.ts'
import { namesOf, ownNames } from './write-golden.ts'

/** A contact as it is to be written; see `EditPlan`. */
export interface ContactWrite extends Pick<EditPlan, 'after' | 'provenance' | 'says' | 'reached' | 'named' | 'found'> {
  /** As it stands there, its row locked; null for one that is made. */
  readonly before: Selectable<Contact> | null
  /** Tags of `after` that it is not found by yet, and those that it is found by still; of nobody who has absorbed others. */
  readonly tagged?: readonly number[]
  readonly untagged?: readonly number[]
  /** Made among very many, who are compared with others when all are there: see `indexKeys`. */
  readonly isDueLater?: boolean
}

/**
 * Writes contacts that stand for themselves, made or changed, each once: the rows, where their values came from, and what they
 * are found by. So many at once cost little more statements than one. Locked by the caller.
 */
export async function writeContacts(tx: Tx, workspaceId: number, writes: readonly ContactWrite[]): Promise<void> {
  await writeRows(tx, workspaceId, writes)
  await indexFields(
    tx,
    workspaceId,
    writes.map(({ before, after }) => ({
      contactId: after.id,
      before: (before?.fields ?? {}) as CustomFields,
      after: after.fields as CustomFields,
    })),
  )
  await indexTexts(
    tx,
    workspaceId,
    writes.flatMap(({ before, after, found }) => (found && before !== null ? [after] : [])),
  )
  await indexTags(tx, workspaceId, writes)
  const renamed = writes.filter(({ before, named, reached }) => before !== null && named && !reached)
  await markDue(
    tx,
    workspaceId,
    renamed.map(({ after }) => after.id),
  )
}

/** The rows, where their values came from, and the keys they are known by: what an edit changes of absorbed contacts too. */
export async function writeRows(tx: Tx, workspaceId: number, writes: readonly ContactWrite[]): Promise<void> {
  const changed = writes.filter(({ before }) => before !== null)
  const made = writes.flatMap(({ before, after }) => (before === null ? [after] : []))
  const texts = await textsOf(tx, workspaceId, made)
  const written = writeAll(tx, workspaceId, writes, made, texts, changed)
  // heard at once, and told to whoever waits for it
  const settled = written.catch(() => undefined)
  try {
    await indexKeys(
      tx,
      workspaceId,
      writes.flatMap(({ before, after, says, reached, isDueLater }) =>
        reached || before === null ? [{ ...says, contactId: after.id, isNew: before === null, isDueLater }] : [],
      ),
      written,
    )
  } finally {
    // whatever became of the keys: once the transaction is over, nothing of it may still be written
    await settled
  }
}

async function writeAll(
  tx: Tx,
  workspaceId: number,
  writes: readonly ContactWrite[],
  made: readonly Selectable<Contact>[],
  texts: readonly string[],
  changed: readonly ContactWrite[],
): Promise<void> {
  await makeRows(tx, workspaceId, made, texts)
  await changeRows(tx, workspaceId, changed)
  const origins = writes.filter(({ before, provenance }) => before !== null || Object.keys(provenance).length > 0)
  if (origins.length > 0)
    await sql`${preparedFor(origins.length)}
      insert into contact_provenance (workspace_id, contact_id, p)
      select ${workspaceId}, contact_id, p
      from unnest(${origins.map(({ after }) => after.id)}::bigint[],
        ${origins.map(({ provenance }) => JSON.stringify(provenance))}::jsonb[]) origin (contact_id, p)
      on conflict (workspace_id, contact_id) do update set p = excluded.p`.execute(tx)
}

/** What contacts that stand for themselves are found by, one line each. */
async function textsOf(tx: Tx, workspaceId: number, contacts: readonly Selectable<Contact>[]): Promise<string[]> {
  if (contacts.length === 0) return []
  const silent = await silentFields(tx, workspaceId)
  const texts: string[] = []
  const breath = takingBreaths()
  for (const contact of contacts) {
    if (breath.isDue()) await breath.take()
    texts.push(searchText(contact, silent))
  }
  return texts
}

async function makeRows(
  tx: Tx,
  workspaceId: number,
  contacts: readonly Selectable<Contact>[],
  texts: readonly string[],
): Promise<void> {
  if (contacts.length === 0) return
  const all = <Column extends keyof Selectable<Contact>>(column: Column) => contacts.map((contact) => contact[column])
  // column by column, which PostgreSQL reads in two thirds of the time of an object each; whoever names no stage begins in the
  // workspace's own, if it has one
  await sql`${preparedFor(contacts.length)}
    with made as materialized (
      select id, created_at, sort_name, first_name, last_name, profile_name, picture_url, email, phone, phone_unverified,
        country, language, lifecycle_id, fields, tags::integer[] as tags, version, born_source, born_by, txt
      from unnest(${all('id')}::bigint[], ${contacts.map((one) => one.created_at.toISOString())}::timestamptz[],
        ${all('sort_name')}::text[], ${all('first_name')}::text[], ${all('last_name')}::text[], ${all('profile_name')}::text[],
        ${all('picture_url')}::text[], ${all('email')}::text[], ${all('phone')}::text[], ${all('phone_unverified')}::boolean[],
        ${all('country')}::text[], ${all('language')}::text[], ${all('lifecycle_id')}::bigint[],
        ${contacts.map(({ fields }) => JSON.stringify(fields))}::jsonb[], ${contacts.map(({ tags }) => `{${tags.join(',')}}`)}::text[],
        ${all('version')}::integer[], ${all('born_source')}::text[], ${all('born_by')}::bigint[], ${texts}::text[])
        row (id, created_at, sort_name, first_name, last_name, profile_name, picture_url, email, phone, phone_unverified,
          country, language, lifecycle_id, fields, tags, version, born_source, born_by, txt)
    ), state as (
      insert into contact_state (workspace_id, contact_id) select ${workspaceId}, id from made
    ), search as (
      insert into contact_search (workspace_id, contact_id, txt) select ${workspaceId}, id, txt from made
    ), begun as (
      update workspace set first_contact_at = (select min(created_at) from made)
      where id = ${workspaceId} and first_contact_at is null
    )
    insert into contact (workspace_id, id, created_at, sort_name, first_name, last_name, profile_name, picture_url, email,
      phone, phone_unverified, country, language, lifecycle_id, fields, tags, version, born_source, born_by)
    select ${workspaceId}, id, created_at, sort_name, first_name, last_name, profile_name, picture_url, email,
      phone, phone_unverified, country, language,
      coalesce(lifecycle_id, (select s.id from lifecycle_stage s where s.workspace_id = ${workspaceId} and s.is_default)),
      fields, tags, version, born_source, born_by
    from made`.execute(tx)
}

async function changeRows(tx: Tx, workspaceId: number, writes: readonly ContactWrite[]): Promise<void> {
  if (writes.length === 0) return
  const rows = writes.map(({ after, tagged = [], untagged = [] }) => ({
    ...after,
    is_tagged: tagged.length + untagged.length > 0,
  }))
  await sql`${preparedFor(rows.length)}
    update contact c set first_name = row.first_name, last_name = row.last_name, email = row.email, phone = row.phone,
      phone_unverified = row.phone_unverified, country = row.country, language = row.language,
      lifecycle_id = row.lifecycle_id, fields = row.fields, own = row.own, sort_name = row.sort_name, version = row.version,
      tags = case when row.is_tagged then row.tags else c.tags end,
      own_tags = case when row.is_tagged then row.own_tags else c.own_tags end
    from json_to_recordset(${JSON.stringify(rows)}::json) row (id bigint, first_name text, last_name text, email text,
      phone text, phone_unverified boolean, country text, language text, lifecycle_id bigint, fields jsonb, own jsonb,
      sort_name text, version integer, tags integer[], own_tags integer[], is_tagged boolean)
    where c.workspace_id = ${workspaceId} and c.id = row.id`.execute(tx)
}

async function indexTags(tx: Tx, workspaceId: number, writes: readonly ContactWrite[]): Promise<void> {
  const pairs = (which: 'tagged' | 'untagged') => {
    const all = writes.flatMap(({ after, [which]: tags = [] }) => tags.map((tagId) => ({ tagId, contactId: after.id })))
    return sql`unnest(${all.map(({ tagId }) => tagId)}::bigint[], ${all.map(({ contactId }) => contactId)}::bigint[])
      pair (tag_id, contact_id)`
  }
  if (writes.some(({ untagged = [] }) => untagged.length > 0))
    await sql`
      delete from contact_tag held using ${pairs('untagged')}
      where held.workspace_id = ${workspaceId} and held.tag_id = pair.tag_id and held.contact_id = pair.contact_id`.execute(
      tx,
    )
  if (writes.some(({ tagged = [] }) => tagged.length > 0))
    await sql`
      insert into contact_tag (workspace_id, tag_id, contact_id)
      select ${workspaceId}, tag_id, contact_id from ${pairs('tagged')}
      order by tag_id, contact_id on conflict do nothing`.execute(tx)
}

/** Keeps what contacts that stand for themselves are found by in step with their rows, once these are written. */
export async function indexTexts(tx: Tx, workspaceId: number, contacts: readonly Selectable<Contact>[]): Promise<void> {
  if (contacts.length === 0) return
  const merged = contacts.flatMap(({ id, own }) => (own === null ? [] : [id]))
  const { members } = merged.length === 0 ? { members: [] } : await loadTrees(tx, workspaceId, merged)
  const silent = await silentFields(tx, workspaceId)
  const texts = contacts.map((contact) => {
    const own = contact.own as OwnValues | null
    if (own === null) return searchText(contact, silent)
    const others = members.filter(({ row }) => row.root_id === contact.id)
    return searchText(contact, silent, [ownNames(own, contact), ...others.flatMap(namesOf)])
  })
  await sql`${preparedFor(contacts.length)}
    update contact_search set txt = anew.txt
    from unnest(${contacts.map(({ id }) => id)}::bigint[], ${texts}::text[]) anew (id, txt)
    where workspace_id = ${workspaceId} and contact_id = anew.id and contact_search.txt <> anew.txt`.execute(tx)
}

import { sql, type RawBuilder } from 'kysely'
import type { Counts, Failure, Outcome, Work } from '../bulk/bulk-act.ts'
import { indexFields } from '../contacts/index-fields.ts'
import type { CustomFields } from '../contacts/provenance.ts'
import { commitLater } from '../db/commit-later.ts'
import { notify } from '../db/notify.ts'
import { prepared } from '../db/prepared.ts'
import type { Tx } from '../http/endpoint.ts'
import { dropExportsWith } from '../exports/drop-exports.ts'
import { markDue } from '../identity/mark-due.ts'
import { joinCounts } from '../usage/join-counts.ts'
import { removedTables } from './contact-tables.ts'
import { forgetMerges } from './forget-merges.ts'

/** Messages of one transaction. More are removed in further ones: nobody sees them, their contact is gone. */
const mostMessages = 20_000
/** What waits to be looked at, as far as it is searched: usually there is next to nothing. */
const mostWaiting = 1000
/** Browsers that are told of more at once ask for everything anyway. */
const mostTold = 50

interface Found {
  readonly id: number
  readonly rootId: number | null
  readonly tags: number[]
  readonly fields: CustomFields
  readonly assigneeId: number | null
  readonly teamId: number | null
}

/**
 * Deletes contacts with everybody they have absorbed. Who holds the lock on a contact's state (a message that comes in, an edit, a
 * merge) is waited for; who waits for ours finds nobody, and makes a new contact of a message. Where no files go with them the
 * transaction does not wait for the disk: whoever calls writes how far it has come in the same one.
 * @param place of the batch: those of even places and of odd ones are deleted side by side
 */
export async function deleteContacts(
  tx: Tx,
  work: Pick<Work, 'workspaceId'>,
  contactIds: readonly number[],
  place: number,
): Promise<Outcome> {
  const { workspaceId } = work
  await sql`
    select from contact_state where workspace_id = ${workspaceId} and contact_id = any(${contactIds}::bigint[])
    order by contact_id for update`.execute(tx)
  const { found, failures } = await findPersons(tx, workspaceId, contactIds)
  const ids = found.map(({ id }) => id)
  if (ids.length === 0) return { touchedIds: [], failures, counts: {}, unfinished: false }
  await dropExportsWith(tx, workspaceId, ids, place)
  await forgetMerges(tx, workspaceId, ids)
  await leaveKeys(tx, workspaceId, ids)
  // files are removed right after the commit: then it must stand
  if (!(await doomFiles(tx, workspaceId, ids))) await commitLater(tx)
  await dropSetAside(tx, workspaceId, ids)
  await joinCounts(tx, workspaceId, found)
  const unfinished = await hasManyMessages(tx, workspaceId, ids)
  const counts = await removeRows(tx, workspaceId, found, unfinished)
  const roots = found.filter(({ rootId }) => rootId === null)
  if (roots.length <= mostTold)
    await notify(
      tx,
      roots.map(({ id, assigneeId, teamId }) => ({
        workspaceId,
        event: { type: 'contact', contactId: id, cause: 'deleted', memberId: null },
        seenBy: [{ assigneeId, teamId }],
      })),
    )
  return {
    touchedIds: ids,
    failures,
    counts: { ...counts, contacts: roots.length, absorbed: ids.length - roots.length },
    unfinished,
  }
}

/** Whom these numbers stand for now, with their members; and those who are gone or have become part of somebody else. */
async function findPersons(
  tx: Tx,
  workspaceId: number,
  contactIds: readonly number[],
): Promise<{ found: Found[]; failures: Failure[] }> {
  const { rows } = await sql<Found>`
    select c.id, c.root_id as "rootId", c.tags, c.fields,
      s.assignee_id as "assigneeId", s.team_id as "teamId"
    from contact c join contact_state s on s.workspace_id = c.workspace_id and s.contact_id = c.id
    where c.workspace_id = ${workspaceId}
      and (c.id = any(${contactIds}::bigint[]) or c.root_id = any(${contactIds}::bigint[]))
    order by c.id`.execute(tx)
  const asked = new Set(contactIds)
  const byId = new Map(rows.map((row) => [row.id, row]))
  const failures = contactIds.flatMap((contactId): Failure[] => {
    const row = byId.get(contactId)
    if (row === undefined) return [{ contactId, reason: 'gone', survivorId: null }]
    return row.rootId === null ? [] : [{ contactId, reason: 'absorbed', survivorId: row.rootId }]
  })
  const found = rows.filter(({ id, rootId }) => (rootId === null ? asked.has(id) : asked.has(rootId)))
  return { found, failures }
}

/** Whoever else holds a key of theirs is compared anew; what nobody holds any more is no shared value. */
async function leaveKeys(tx: Tx, workspaceId: number, ids: readonly number[]): Promise<void> {
  const { rows } = await sql<{ key: string; holder: number | null }>`
    select held.key, other.contact_id as holder from (
      select distinct key from identity_key where workspace_id = ${workspaceId} and contact_id = any(${ids}::bigint[])) held
    left join lateral (select contact_id from identity_key k where k.workspace_id = ${workspaceId} and k.key = held.key
      and k.contact_id <> all(${ids}::bigint[]) order by contact_id limit 1) other on true`.execute(tx)
  const holders = [...new Set(rows.flatMap(({ holder }) => holder ?? []))]
  await markDue(tx, workspaceId, holders)
  const orphaned = rows.flatMap(({ key, holder }) => (holder === null ? [key] : []))
  // who called it nobody's own, and when, stays
  await sql`
    update audit set data = data || '{"name":null}' where workspace_id = ${workspaceId}
      and kind in ('valueBlocked', 'valueUnblocked') and data->>'name' = any(${orphaned.map((key) => key.slice(2))}::text[])`.execute(
    tx,
  )
  await sql`delete from shared_key where workspace_id = ${workspaceId} and key = any(${orphaned}::text[])`.execute(tx)
  await dropImportedRows(tx, workspaceId, ids, orphaned)
}

/** Rows of files that became no contact, and name one of these: by a phone or an e-mail of nobody else's, or by a name of nobody else's. */
async function dropImportedRows(
  tx: Tx,
  workspaceId: number,
  ids: readonly number[],
  orphaned: readonly string[],
): Promise<void> {
  const { rows: named } = await sql<{ name: string }>`
    select distinct sort_name as name from contact
    where workspace_id = ${workspaceId} and id = any(${ids}::bigint[])
      and first_name is not null and last_name is not null`.execute(tx)
  const keys = [...orphaned, ...named.map(({ name }) => `n:${name}`)]
  // hardly any name stands in a file; one that many share is looked for until the first of them is found
  const { rows } = await sql<{ import_id: number; place: number }>`
    select distinct row.import_id, row.place from import_row_key row
    where row.workspace_id = ${workspaceId} and row.key = any(${keys}::text[])
      and (row.key not like 'n:%' or coalesce((
        select false from contact other where other.workspace_id = row.workspace_id and other.sort_name = substr(row.key, 3)
          and other.root_id is null and other.blocked_at is null and other.id <> all(${ids}::bigint[]) limit 1), true))`.execute(
    tx,
  )
  if (rows.length === 0) return
  const theirs = sql`unnest(${rows.map((row) => row.import_id)}::bigint[], ${rows.map(({ place }) => place)}::integer[])
    theirs (import_id, place)`
  for (const table of ['import_row_key', 'import_row'])
    await sql`
      delete from ${sql.table(table)} gone using ${theirs}
      where gone.workspace_id = ${workspaceId} and gone.import_id = theirs.import_id and gone.place = theirs.place`.execute(
      tx,
    )
}

/** Notes down the files that go, so that their bytes go even if we are killed right after the commit. @returns whether there are any */
async function doomFiles(tx: Tx, workspaceId: number, ids: readonly number[]): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    insert into doomed_file (workspace_id, id)
    select ${workspaceId}::bigint, id from attachment
      where workspace_id = ${workspaceId} and contact_id = any(${ids}::bigint[])
    union
    select ${workspaceId}::bigint, (file->>'id')::uuid from held_message h, jsonb_array_elements(h.incoming->'files') file
      where h.workspace_id = ${workspaceId} and h.contact_id = any(${ids}::bigint[]) and file->>'id' is not null
    on conflict do nothing`.execute(tx)
  return numAffectedRows > 0n
}

/**
 * What came from their addresses and could not be understood is kept as it came, for as long as it takes; it would say everything of
 * them. Forms write a plus otherwise than JSON does. What waits to be looked at may be somebody else's too: it goes after that.
 */
async function dropSetAside(tx: Tx, workspaceId: number, ids: readonly number[]): Promise<void> {
  const aside = await whichName(tx, workspaceId, ids, sql`event.state = 2`, null)
  if (aside.length > 0)
    await sql`
      delete from inbound_event where workspace_id = ${workspaceId} and id = any(${aside}::bigint[]) and state = 2`.execute(
      tx,
    )
  const waiting = await whichName(tx, workspaceId, ids, sql`event.state = 0 and not event.names_deleted`, mostWaiting)
  if (waiting.length > 0)
    await sql`
      update inbound_event set names_deleted = true
      where workspace_id = ${workspaceId} and id = any(${waiting}::bigint[]) and state = 0`.execute(tx)
}

/**
 * Which of these events name one of these contacts. Found out by itself, their addresses looked up once and each body read once:
 * while people write, much may wait.
 */
async function whichName(
  tx: Tx,
  workspaceId: number,
  ids: readonly number[],
  which: RawBuilder<unknown>,
  most: number | null,
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    with named as materialized (
      select channel_id, convert_to(ltrim(address, '+'), 'UTF8') as word from contact_channel
      where workspace_id = ${workspaceId} and contact_id = any(${ids}::bigint[]) and length(address) > 4
    ), event as materialized (
      select id, channel_id, body || ''::bytea as body from inbound_event event
      where workspace_id = ${workspaceId} and ${which} order by channel_id, id limit ${most}
    )
    select event.id from event where exists (
      select from named where named.channel_id = event.channel_id and position(named.word in event.body) > 0)`.execute(
    tx,
  )
  return rows.map(({ id }) => id)
}

async function hasManyMessages(tx: Tx, workspaceId: number, ids: readonly number[]): Promise<boolean> {
  const { rows } = await sql<{ many: boolean }>`
    select count(*) > ${mostMessages} as many from (
      select from message where workspace_id = ${workspaceId} and contact_id = any(${ids}::bigint[])
      limit ${mostMessages + 1}) counted`.execute(tx)
  return rows[0]!.many
}

async function removeRows(
  tx: Tx,
  workspaceId: number,
  found: readonly Found[],
  leavesMessages: boolean,
): Promise<Counts> {
  const ids = found.map(({ id }) => id)
  await sql`
    delete from contact_channel_alias alias using contact_channel link
    where link.workspace_id = ${workspaceId} and link.contact_id = any(${ids}::bigint[])
      and alias.workspace_id = link.workspace_id and alias.contact_channel_id = link.id`.execute(tx)
  const tags = [...new Set(found.flatMap((contact) => contact.tags))]
  if (tags.length > 0)
    await sql`
      delete from contact_tag where workspace_id = ${workspaceId} and tag_id = any(${tags}::bigint[])
        and contact_id = any(${ids}::bigint[])`.execute(tx)
  const living = found.filter(({ rootId }) => rootId === null)
  await indexFields(
    tx,
    workspaceId,
    living.map(({ id, fields }) => ({ contactId: id, before: fields, after: {} })),
  )
  const { rows } = await sql<Counts>`${prepared}
    with given as (select ${ids}::bigint[] as ids), ${sql.join(removals(workspaceId, leavesMessages))}, contacts as (
      delete from contact where workspace_id = ${workspaceId} and id = any(${givenIds})
    )
    select ${sql.join(counted)}`.execute(tx)
  return rows[0]!
}

/** Sent once, not with every table. */
const givenIds = sql`(select ids from given)::bigint[]`

/** One part of the statement for each table; what is counted answers a row for each that went. */
const removals = (workspaceId: number, leavesMessages: boolean) =>
  removedTables.map(({ table, columns, counted }) => {
    const theirs = columns.map((column) => sql`${sql.ref(column)} = any(${givenIds})`)
    return sql`${sql.ref(`of_${table}`)} as (
      delete from ${sql.table(table)} where workspace_id = ${workspaceId} and (${sql.join(theirs, sql` or `)})
      ${table === 'message' ? sql`and not ${leavesMessages}::boolean` : sql``} ${counted === undefined ? sql`` : sql`returning 1`}
    )`
  })

const counted = removedTables.flatMap(({ table, counted: name }) =>
  name === undefined ? [] : [sql`(select count(*) from ${sql.table(`of_${table}`)}) as ${sql.ref(name)}`],
)

/** @returns how many rows went */
export async function removeFrom(
  tx: Tx,
  workspaceId: number,
  table: string,
  columns: readonly string[],
  ids: readonly number[],
): Promise<number> {
  let removed = 0
  for (const column of columns) {
    const { numAffectedRows = 0n } = await sql`
      delete from ${sql.table(table)} where workspace_id = ${workspaceId} and ${sql.ref(column)} = any(${ids}::bigint[])`.execute(
      tx,
    )
    removed += Number(numAffectedRows)
  }
  return removed
}

/** Goes on with messages that were too many for one transaction. */
export async function removeMessages(
  tx: Tx,
  { workspaceId }: Work,
  contactIds: readonly number[],
): Promise<Pick<Outcome, 'counts' | 'unfinished'>> {
  const { numAffectedRows = 0n } = await sql`
    delete from message where workspace_id = ${workspaceId} and id in (
      select id from message where workspace_id = ${workspaceId} and contact_id = any(${contactIds}::bigint[])
      limit ${mostMessages})`.execute(tx)
  const messages = Number(numAffectedRows)
  return { counts: { messages }, unfinished: messages === mostMessages }
}

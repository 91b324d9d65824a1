import { sql } from 'kysely'
import type { ExportColumn } from '#contract/export-words.ts'
import type { CustomKey, FieldValue } from '#contract/fields.ts'
import { alternateValues, type AlternateValue } from '../contacts/alternate-values.ts'
import { displayName } from '../contacts/display-name.ts'
import { loadTrees } from '../contacts/load-trees.ts'
import { isCustom } from '../contacts/provenance.ts'
import { statusOf } from '../contacts/status-of.ts'
import type { Tx } from '../http/endpoint.ts'
import { isoTime } from './iso-time.ts'

/** What a file tells of a contact; what was not asked for is empty. */
export interface ExportedContact {
  readonly id: number
  readonly firstName: string | null
  readonly lastName: string | null
  readonly name: string | null
  /** The one shown first, then the others. */
  readonly phones: readonly string[]
  readonly emails: readonly string[]
  readonly country: string | null
  readonly language: string | null
  readonly tags: readonly string[]
  readonly assignee: string | null
  readonly status: string | null
  readonly lifecycle: string | null
  readonly channels: readonly string[]
  /** Names of channels, `all` first where it wants none. */
  readonly optOuts: readonly string[]
  readonly lastMessageAt: string | null
  readonly createdAt: string
  /** By the number of the field; those of fields that are gone too. */
  readonly custom: Readonly<Record<string, FieldValue>>
}

/** A contact as the database answers it. */
export type Row = readonly [
  id: number,
  createdAt: string,
  firstName: string | null,
  lastName: string | null,
  profileName: string | null,
  phone: string | null,
  email: string | null,
  country: string | null,
  language: string | null,
  lifecycleId: number | null,
  fields: Record<string, FieldValue> | null,
  tags: number[] | null,
  status: number | null,
  assigneeId: number | null,
  lastMessageAt: string | null,
]
const at = {
  id: 0,
  createdAt: 1,
  firstName: 2,
  lastName: 3,
  profileName: 4,
  phone: 5,
  email: 6,
  country: 7,
  language: 8,
  lifecycleId: 9,
  fields: 10,
  tags: 11,
  status: 12,
  assigneeId: 13,
  lastMessageAt: 14,
} as const

/** Reads of a row what is wanted and no more: with an object for each of a million rows most of the time would go into clearing up. */
export type Reading = { readonly [Value in keyof ExportedContact]: (row: Row) => ExportedContact[Value] }

/** `custom`: every field of the workspace's own. */
export type Asked = ReadonlySet<ExportColumn | CustomKey | 'custom'>
const asksCustom = (asked: Asked) => [...asked].some((column) => column === 'custom' || isCustom(column))

export interface Loaded {
  /** Contacts that stand for themselves, oldest first, each a `Row` as JSON: whoever takes them one by one holds one at a time. */
  readonly rows: readonly string[]
  readonly ids: readonly number[]
  readonly read: Reading
  readonly absorbedIds: readonly number[]
  /** The words by which files name the fields that there are. */
  readonly slugs: ReadonlyMap<number, string>
}

/** Contacts with what these columns ask for. Names of tags, stages, members and fields, which many share, are read once. */
export async function loadContacts(tx: Tx, workspaceId: number, ids: readonly number[], asked: Asked): Promise<Loaded> {
  const names = await loadNames(tx, workspaceId, asked)
  const channels = asked.has('channels') ? await loadChannels(tx, workspaceId, ids) : noChannels
  const { lines, found, merged } = await loadRows(tx, workspaceId, ids, asked)
  const { others, absorbedIds } = await loadOthers(tx, workspaceId, merged ?? [])
  const persons = [...ids, ...absorbedIds]
  const optOuts = asked.has('optOuts') ? await loadOptOuts(tx, workspaceId, persons) : noChannels
  const valuesOf = (row: Row, field: 'phone' | 'email') => {
    const [shown, also] = [row[at[field]], others.get(row[at.id])]
    const own = shown === null ? none : [shown]
    return also === undefined ? own : own.concat(also.flatMap((other) => (other.field === field ? [other.value] : [])))
  }
  const named = (id: number | null, known: ReadonlyMap<number, string>) =>
    id === null ? null : (known.get(id) ?? null)
  const time = (text: string | null) => (text === null ? null : isoTime(text))
  const read: Reading = {
    id: (row) => row[at.id],
    firstName: (row) => row[at.firstName],
    lastName: (row) => row[at.lastName],
    name: (row) =>
      displayName({
        first_name: row[at.firstName],
        last_name: row[at.lastName],
        profile_name: row[at.profileName],
        phone: row[at.phone],
        email: row[at.email],
      }),
    phones: (row) => valuesOf(row, 'phone'),
    emails: (row) => valuesOf(row, 'email'),
    country: (row) => row[at.country],
    language: (row) => row[at.language],
    // of those that have become one, that one, once
    tags: (row) => [...new Set((row[at.tags] ?? []).flatMap((id) => names.tags.get(id) ?? []))],
    assignee: (row) => named(row[at.assigneeId], names.members),
    status: (row) => statusOf(row[at.status] ?? 0),
    lifecycle: (row) => named(row[at.lifecycleId], names.stages),
    channels: (row) => channels.get(row[at.id]) ?? none,
    optOuts: (row) => optOuts.get(row[at.id]) ?? none,
    lastMessageAt: (row) => time(row[at.lastMessageAt]),
    createdAt: (row) => isoTime(row[at.createdAt]),
    custom: (row) => row[at.fields] ?? noFields,
  }
  return { rows: lines?.split('\n') ?? [], ids: found ?? [], read, absorbedIds, slugs: names.slugs }
}

const none: readonly string[] = []
const noFields = {}
const noChannels: ReadonlyMap<number, readonly string[]> = new Map()

interface Answer {
  /** JSON has no line breaks of its own. */
  lines: string | null
  found: number[] | null
  /** Those who have absorbed others. */
  merged: number[] | null
}

/** All in one: that is sent and read in a fraction of the time that as many rows take. */
async function loadRows(tx: Tx, workspaceId: number, ids: readonly number[], asked: Asked): Promise<Answer> {
  const nothing = sql`null`
  const asksState = (['status', 'assignee', 'lastMessageAt'] as const).some((column) => asked.has(column))
  const { rows } = await sql<Answer>`
    select string_agg(json_build_array(p.id, p.created_at, p.first_name, p.last_name, p.profile_name, p.phone, p.email,
      p.country, p.language, p.lifecycle_id, ${asksCustom(asked) ? sql`p.fields` : nothing},
      ${asked.has('tags') ? sql`p.tags` : nothing},
      ${asksState ? sql`s.status, s.assignee_id, nullif(s.last_message_at, '-infinity')` : sql`null, null, null`})::text, E'\n' order by p.id) as lines,
      json_agg(p.id order by p.id) as found, json_agg(p.id) filter (where p.own is not null) as merged
    from contact p
    ${asksState ? sql`join contact_state s on s.workspace_id = p.workspace_id and s.contact_id = p.id` : sql``}
    where p.workspace_id = ${workspaceId} and p.id = any(${ids}::bigint[]) and p.root_id is null`.execute(tx)
  return rows[0]!
}

/** The names of the channels by which each can be written to, in the order of their names. */
async function loadChannels(tx: Tx, workspaceId: number, ids: readonly number[]): Promise<typeof noChannels> {
  const { rows } = await sql<{ names: string[]; owners: number[] }>`
    select names, json_agg(owner_id) as owners from (
      select k.owner_id, array_agg(distinct line.name order by line.name) as names
      from contact_channel k join channel line on line.workspace_id = k.workspace_id and line.id = k.channel_id
      where k.workspace_id = ${workspaceId} and k.owner_id = any(${ids}::bigint[]) and k.removed_at is null
      group by k.owner_id) each
    group by names`.execute(tx)
  return new Map(rows.flatMap(({ names, owners }) => owners.map((id) => [id, names] as const)))
}

/** The names of the channels by which each, or one that it has absorbed, wants no messages; `all` first. */
async function loadOptOuts(tx: Tx, workspaceId: number, persons: readonly number[]): Promise<typeof noChannels> {
  const { rows } = await sql<{ id: number; names: string[] }>`
    select id, array_agg(name order by name <> 'all', name) as names from (
      select distinct coalesce(part.root_id, part.id) as id, case o.channel_id when 0 then 'all' else line.name end as name
      from opt_out o join contact part on part.workspace_id = o.workspace_id and part.id = o.contact_id
      left join channel line on line.workspace_id = o.workspace_id and line.id = o.channel_id
      where o.workspace_id = ${workspaceId} and o.contact_id = any(${persons}::bigint[])) out
    where name is not null group by id`.execute(tx)
  return new Map(rows.map(({ id, names }) => [id, names] as const))
}

/** What is asked for by name, by number. A tag that has become another has that one's name. */
async function loadNames(tx: Tx, workspaceId: number, asked: Asked) {
  const kinds = [
    ...(asked.has('tags') ? ['tag'] : []),
    ...(asked.has('lifecycle') ? ['stage'] : []),
    ...(asked.has('assignee') ? ['member'] : []),
    ...(asksCustom(asked) ? ['field'] : []),
  ]
  const of = (kind: string) => kinds.includes(kind)
  const { rows } =
    kinds.length === 0
      ? { rows: [] }
      : await sql<{ kind: string; id: number; name: string }>`
          select 'tag' as kind, t.id, shown.name from tag t
            join tag shown on shown.workspace_id = t.workspace_id and shown.id = coalesce(t.merged_into, t.id)
            where ${of('tag')}::boolean and t.workspace_id = ${workspaceId}
          union all select 'stage', id, name from lifecycle_stage where ${of('stage')}::boolean and workspace_id = ${workspaceId}
          union all select 'member', id, name from member where ${of('member')}::boolean and workspace_id = ${workspaceId}
          union all select 'field', id, slug from custom_field where ${of('field')}::boolean and workspace_id = ${workspaceId}`.execute(
          tx,
        )
  const byId = (kind: string) => new Map(rows.filter((row) => row.kind === kind).map(({ id, name }) => [id, name]))
  return { tags: byId('tag'), stages: byId('stage'), members: byId('member'), slugs: byId('field') }
}

/** Whom these contacts have absorbed, and the phones and e-mails that those say. */
async function loadOthers(tx: Tx, workspaceId: number, ids: readonly number[]) {
  if (ids.length === 0) return { others: new Map<number, AlternateValue[]>(), absorbedIds: [] }
  const { members } = await loadTrees(tx, workspaceId, ids)
  const byRoot = Map.groupBy(members, ({ row }) => row.root_id ?? row.id)
  const others = members.flatMap(({ id, row: { root_id, phone, email } }) => {
    if (root_id !== null) return []
    const primary = { phone: { value: phone, origin: null }, email: { value: email, origin: null } }
    return [[id, alternateValues(primary, byRoot.get(id) ?? [])] as const]
  })
  return {
    others: new Map(others),
    absorbedIds: members.flatMap(({ id, row }) => (row.root_id === null ? [] : [id])),
  }
}

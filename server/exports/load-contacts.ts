import { sql } from 'kysely'
import type { ExportColumn } from '#contract/export-words.ts'
import type { CustomKey, FieldValue } from '#contract/fields.ts'
import { alternateValues } from '../contacts/alternate-values.ts'
import { displayName, type Named } from '../contacts/display-name.ts'
import { loadTrees } from '../contacts/load-trees.ts'
import { isCustom } from '../contacts/provenance.ts'
import { statusOf } from '../contacts/status-of.ts'
import type { Tx } from '../http/endpoint.ts'

/** A contact as a file tells of it; what was not asked for is empty. */
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
  readonly custom: readonly { readonly id: number; readonly slug: string; readonly value: FieldValue }[]
}

interface Row extends Named {
  id: number
  created_at: Date
  country: string | null
  language: string | null
  fields: Record<string, FieldValue> | null
  tags: number[] | null
  merged: boolean
  lifecycle_id: number | null
  status: number
  last_message_at: Date | null
  assignee_id: number | null
  channels: string[] | null
  opt_outs: string[] | null
}

/** `custom`: every field of the workspace's own. */
export type Asked = ReadonlySet<ExportColumn | CustomKey | 'custom'>

/**
 * Contacts that stand for themselves, by number, oldest first, with what these columns ask for. Names of tags, stages, members and
 * fields, which many share, are read once.
 */
export async function loadContacts(
  tx: Tx,
  workspaceId: number,
  ids: readonly number[],
  asked: Asked,
): Promise<ExportedContact[]> {
  const asksCustom = [...asked].some((column) => column === 'custom' || isCustom(column))
  const none = sql`null`
  const { rows } = await sql<Row>`
    select p.id, p.created_at, p.first_name, p.last_name, p.profile_name, p.email, p.phone, p.country, p.language,
      ${asksCustom ? sql`p.fields` : none} as fields, ${asked.has('tags') ? sql`p.tags` : none} as tags,
      p.own is not null as merged, p.lifecycle_id, s.status, s.assignee_id,
      nullif(s.last_message_at, '-infinity') as last_message_at,
      ${asked.has('channels') ? channelNames : none} as channels,
      ${asked.has('optOuts') ? optOutNames : none} as opt_outs
    from contact p
    join contact_state s on s.workspace_id = p.workspace_id and s.contact_id = p.id
    where p.workspace_id = ${workspaceId} and p.id = any(${ids}::bigint[]) and p.root_id is null
    order by p.id`.execute(tx)
  const names = await loadNames(tx, workspaceId, asked, asksCustom)
  const others = await loadOthers(tx, workspaceId, rows)
  return rows.map((row) => {
    const also = (field: 'phone' | 'email') =>
      (others.get(row.id) ?? []).flatMap((other) => (other.field === field ? [other.value] : []))
    return {
      id: row.id,
      firstName: row.first_name,
      lastName: row.last_name,
      name: asked.has('name') ? displayName(row) : null,
      phones: [...(row.phone === null ? [] : [row.phone]), ...also('phone')],
      emails: [...(row.email === null ? [] : [row.email]), ...also('email')],
      country: row.country,
      language: row.language,
      // of those that have become one, that one, once
      tags: [...new Set((row.tags ?? []).flatMap((id) => names.tags.get(id) ?? []))],
      assignee: row.assignee_id === null ? null : (names.members.get(row.assignee_id) ?? null),
      status: statusOf(row.status),
      lifecycle: row.lifecycle_id === null ? null : (names.stages.get(row.lifecycle_id) ?? null),
      channels: row.channels ?? [],
      optOuts: row.opt_outs ?? [],
      lastMessageAt: row.last_message_at?.toISOString() ?? null,
      createdAt: row.created_at.toISOString(),
      custom: Object.entries(row.fields ?? {}).flatMap(([id, value]) => {
        const slug = names.slugs.get(Number(id))
        return slug === undefined ? [] : [{ id: Number(id), slug, value }]
      }),
    }
  })
}

/** Of the channels by which it, or one that it has absorbed, wants no messages; `all` first. */
const optOutNames = sql`(
  select coalesce(array_agg(name order by name <> 'all', name), '{}') from (
    select distinct case o.channel_id when 0 then 'all' else line.name end as name
    from contact part join opt_out o on o.workspace_id = part.workspace_id and o.contact_id = part.id
    left join channel line on line.workspace_id = o.workspace_id and line.id = o.channel_id
    where part.workspace_id = p.workspace_id and (part.id = p.id or part.root_id = p.id)) out where name is not null)`

const channelNames = sql`(
  select array_agg(distinct line.name order by line.name)
  from contact_channel k join channel line on line.workspace_id = k.workspace_id and line.id = k.channel_id
  where k.workspace_id = p.workspace_id and k.owner_id = p.id and k.removed_at is null)`

/** What is asked for by name, by number. A tag that has become another has that one's name. */
async function loadNames(tx: Tx, workspaceId: number, asked: Asked, asksCustom: boolean) {
  const kinds = [
    ...(asked.has('tags') ? ['tag'] : []),
    ...(asked.has('lifecycle') ? ['stage'] : []),
    ...(asked.has('assignee') ? ['member'] : []),
    ...(asksCustom ? ['field'] : []),
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

/** Phones and e-mails of those whom a contact has absorbed. */
async function loadOthers(tx: Tx, workspaceId: number, rows: readonly Row[]) {
  const merged = rows.filter((row) => row.merged)
  if (merged.length === 0) return new Map<number, ReturnType<typeof alternateValues>>()
  const ids = merged.map(({ id }) => id)
  const { members } = await loadTrees(tx, workspaceId, ids)
  return new Map(
    merged.map(({ id, phone, email }) => {
      const own = members.filter(({ row }) => row.id === id || row.root_id === id)
      const primary = { phone: { value: phone, origin: null }, email: { value: email, origin: null } }
      return [id, alternateValues(primary, own)] as const
    }),
  )
}

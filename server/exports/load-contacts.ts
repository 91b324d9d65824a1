import { sql } from 'kysely'
import type { FieldValue } from '#contract/fields.ts'
import { alternateValues } from '../contacts/alternate-values.ts'
import { displayName, type Named } from '../contacts/display-name.ts'
import { loadTrees } from '../contacts/load-trees.ts'
import { statusOf } from '../contacts/status-of.ts'
import { customFields } from '../fields/custom-fields.ts'
import type { Tx } from '../http/endpoint.ts'
import { shownTags } from '../tags/shown-tags.ts'

/** A contact as a file tells of it. */
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
  readonly lastMessageAt: string | null
  readonly createdAt: string
  readonly custom: readonly { readonly id: number; readonly slug: string; readonly value: FieldValue }[]
}

interface Row extends Named {
  id: number
  created_at: Date
  country: string | null
  language: string | null
  fields: Record<string, FieldValue>
  merged: boolean
  lifecycle: string | null
  status: number
  last_message_at: Date | null
  assignee: string | null
  channels: string[]
  tags: { name: string }[]
}

/** Contacts that stand for themselves, by number, oldest first. */
export async function loadContacts(tx: Tx, workspaceId: number, ids: readonly number[]): Promise<ExportedContact[]> {
  const { rows } = await sql<Row>`
    select p.id, p.created_at, p.first_name, p.last_name, p.profile_name, p.email, p.phone, p.country, p.language,
      ${customFields('p')} as fields, p.own is not null as merged, s.status,
      nullif(s.last_message_at, '-infinity') as last_message_at, assignee.name as assignee,
      (select l.name from lifecycle_stage l where l.workspace_id = p.workspace_id and l.id = p.lifecycle_id) as lifecycle,
      (select coalesce(array_agg(distinct line.name order by line.name), '{}')
        from contact_channel k join channel line on line.workspace_id = k.workspace_id and line.id = k.channel_id
        where k.workspace_id = p.workspace_id and k.owner_id = p.id and k.removed_at is null) as channels,
      ${shownTags('p')} as tags
    from contact p
    join contact_state s on s.workspace_id = p.workspace_id and s.contact_id = p.id
    left join member assignee on assignee.workspace_id = p.workspace_id and assignee.id = s.assignee_id
    where p.workspace_id = ${workspaceId} and p.id = any(${ids}::bigint[]) and p.root_id is null
    order by p.id`.execute(tx)
  const slugs = await loadSlugs(tx, workspaceId)
  const others = await loadOthers(tx, workspaceId, rows)
  return rows.map((row) => {
    const also = (field: 'phone' | 'email') =>
      (others.get(row.id) ?? []).filter((other) => other.field === field).map(({ value }) => value)
    return {
      id: row.id,
      firstName: row.first_name,
      lastName: row.last_name,
      name: displayName(row),
      phones: [...(row.phone === null ? [] : [row.phone]), ...also('phone')],
      emails: [...(row.email === null ? [] : [row.email]), ...also('email')],
      country: row.country,
      language: row.language,
      tags: row.tags.map(({ name }) => name),
      assignee: row.assignee,
      status: statusOf(row.status),
      lifecycle: row.lifecycle,
      channels: row.channels,
      lastMessageAt: row.last_message_at?.toISOString() ?? null,
      createdAt: row.created_at.toISOString(),
      custom: Object.entries(row.fields).flatMap(([id, value]) => {
        const slug = slugs.get(Number(id))
        return slug === undefined ? [] : [{ id: Number(id), slug, value }]
      }),
    }
  })
}

async function loadSlugs(tx: Tx, workspaceId: number): Promise<Map<number, string>> {
  const rows = await tx
    .selectFrom('custom_field')
    .select(['id', 'slug'])
    .where('workspace_id', '=', workspaceId)
    .execute()
  return new Map(rows.map(({ id, slug }) => [id, slug]))
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

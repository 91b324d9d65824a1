import { sql } from 'kysely'
import type { ChannelKind } from '#contract/channel-kind.ts'
import type { ContactRow } from '#contract/contacts.ts'
import type { Tag } from '#contract/tags.ts'
import type { Reader } from '../http/endpoint.ts'
import { formatPhone } from '../identity/phone-key.ts'
import { customFields } from '../fields/custom-fields.ts'
import { shownStage } from '../lifecycle/shown-stage.ts'
import { shownTags } from '../tags/shown-tags.ts'
import { displayName } from './display-name.ts'
import { statusOf } from './status-of.ts'

interface Row {
  id: number
  created_at: Date
  first_name: string | null
  last_name: string | null
  profile_name: string | null
  picture_url: string | null
  email: string | null
  phone: string | null
  country: string | null
  language: string | null
  fields: ContactRow['fields']
  lifecycle: ContactRow['lifecycle']
  status: number
  last_message_at: Date | null
  assignee_id: number | null
  assignee_name: string | null
  kinds: ChannelKind[]
  tags: Tag[]
}

/** Contacts as the table shows them, in the order of their numbers as given, with those custom fields. */
export async function loadContactRows(
  db: Reader,
  workspaceId: number,
  ids: readonly number[],
  fieldIds: readonly number[],
): Promise<ContactRow[]> {
  if (ids.length === 0) return []
  const fields =
    fieldIds.length === 0
      ? sql`'{}'::jsonb`
      : sql`coalesce((select jsonb_object_agg(key, value) from jsonb_each(${customFields('p')})
          where key = any(${fieldIds.map(String)}::text[])), '{}')`
  const { rows } = await sql<Row>`
    select p.id, p.created_at, p.first_name, p.last_name, p.profile_name, p.picture_url, p.email, p.phone, p.country,
      p.language, ${fields} as fields, s.status, s.assignee_id, nullif(s.last_message_at, '-infinity') as last_message_at,
      assignee.name as assignee_name,
      ${shownStage('p')} as lifecycle,
      (select coalesce(array_agg(kind order by used desc nulls last, kind), '{}') from (
        select line.kind, max(greatest(k.last_in_at, k.last_out_at)) as used
        from contact_channel k join channel line on line.workspace_id = k.workspace_id and line.id = k.channel_id
        where k.workspace_id = p.workspace_id and k.owner_id = p.id and k.removed_at is null
        group by line.kind) used) as kinds,
      ${shownTags('p')} as tags
    from unnest(${ids}::bigint[]) with ordinality listed (id, place)
    join contact p on p.workspace_id = ${workspaceId} and p.id = listed.id
    join contact_state s on s.workspace_id = ${workspaceId} and s.contact_id = listed.id
    left join member assignee on assignee.workspace_id = ${workspaceId} and assignee.id = s.assignee_id
    order by listed.place`.execute(db)
  return rows.map(showRow)
}

const showRow = (row: Row): ContactRow => ({
  id: row.id,
  displayName: displayName(row),
  pictureUrl: row.picture_url,
  email: row.email,
  phone: row.phone,
  phoneFormatted: row.phone === null ? null : formatPhone(row.phone),
  country: row.country,
  language: row.language,
  channelKinds: row.kinds,
  tags: row.tags,
  status: statusOf(row.status),
  assignee: row.assignee_id === null ? null : { memberId: row.assignee_id, name: row.assignee_name ?? '' },
  lifecycle: row.lifecycle,
  fields: row.fields,
  lastMessageAt: row.last_message_at?.toISOString() ?? null,
  createdAt: row.created_at.toISOString(),
})

import { sql } from 'kysely'
import type { ChannelKind } from '#contract/channel-kind.ts'
import type { ContactSummary } from '#contract/suggestion.ts'
import type { Reader, Tx } from '../http/endpoint.ts'
import { formatPhone } from '../identity/phone-key.ts'
import { displayName } from './display-name.ts'

interface Row {
  asked_id: number
  id: number
  version: number
  created_at: Date
  first_name: string | null
  last_name: string | null
  profile_name: string | null
  picture_url: string | null
  phone: string | null
  email: string | null
  last_message_at: Date | null
  kinds: ChannelKind[]
}

/** Contacts as they stand beside another one, by the id that was asked for; an absorbed one's is its survivor's. */
export async function loadSummaries(
  db: Reader | Tx,
  workspaceId: number,
  contactIds: readonly number[],
): Promise<Map<number, ContactSummary>> {
  if (contactIds.length === 0) return new Map()
  const { rows } = await sql<Row>`
    select asked.id as asked_id, c.id, c.version, c.created_at, c.first_name, c.last_name, c.profile_name, c.picture_url,
      c.phone, c.email, nullif(s.last_message_at, '-infinity') as last_message_at,
      (select coalesce(array_agg(kind order by used desc nulls last, kind), '{}') from (
        select line.kind, max(greatest(k.last_in_at, k.last_out_at)) as used
        from contact_channel k join channel line on line.workspace_id = k.workspace_id and line.id = k.channel_id
        where k.workspace_id = c.workspace_id and k.owner_id = c.id and k.removed_at is null
        group by line.kind) used) as kinds
    from contact asked
    join contact c on c.workspace_id = asked.workspace_id and c.id = coalesce(asked.root_id, asked.id)
    join contact_state s on s.workspace_id = c.workspace_id and s.contact_id = c.id
    where asked.workspace_id = ${workspaceId} and asked.id = any(${[...new Set(contactIds)]}::bigint[])`.execute(db)
  return new Map(rows.map((row) => [row.asked_id, summarise(row)]))
}

const summarise = (row: Row): ContactSummary => ({
  id: row.id,
  version: row.version,
  displayName: displayName(row),
  pictureUrl: row.picture_url,
  phone: row.phone === null ? null : formatPhone(row.phone),
  email: row.email,
  channelKinds: row.kinds,
  createdAt: row.created_at.toISOString(),
  lastMessageAt: row.last_message_at?.toISOString() ?? null,
})

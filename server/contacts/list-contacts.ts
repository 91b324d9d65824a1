import { sql, type RawBuilder } from 'kysely'
import type { ChannelKind } from '#contract/channel-kind.ts'
import type { ContactRow } from '#contract/contacts.ts'
import type { Tag } from '#contract/tags.ts'
import { readCursor, writeCursor } from '../db/page-cursor.ts'
import type { ReadContext } from '../http/endpoint.ts'
import { refuse } from '../http/fail.ts'
import { formatPhone } from '../identity/phone-key.ts'
import { shownTags } from '../tags/shown-tags.ts'
import { displayName } from './display-name.ts'
import type { ParsedInput } from './parsed-input.ts'
import { selectedContacts } from './selection.ts'
import { statusOf } from './status-of.ts'

interface Row {
  id: number
  sort_value: string
  created_at: Date
  first_name: string | null
  last_name: string | null
  profile_name: string | null
  picture_url: string | null
  email: string | null
  phone: string | null
  country: string | null
  language: string | null
  status: number
  last_message_at: Date | null
  assignee_id: number | null
  assignee_name: string | null
  kinds: ChannelKind[]
  tags: Tag[]
}

interface Order {
  /** Of `contact c` and `contact_state s`; each is a walk of an index made for it. */
  readonly by: RawBuilder<unknown>
  /** The same, of the page `p` itself. */
  readonly again: RawBuilder<unknown>
  readonly value: RawBuilder<unknown>
  readonly after: (value: string, id: string) => RawBuilder<unknown>
}

const orders: Record<ParsedInput<'list'>['sort'], Order> = {
  added: {
    by: sql`c.created_at desc, c.id desc`,
    again: sql`p.created_at desc, p.id desc`,
    value: sql`c.created_at::text`,
    after: (value, id) => sql`(c.created_at, c.id) < (${value}::timestamptz, ${id}::bigint)`,
  },
  name: {
    by: sql`c.sort_name, c.id`,
    again: sql`p.sort_name, p.id`,
    value: sql`c.sort_name`,
    after: (value, id) => sql`(c.sort_name, c.id) > (${value} collate "C", ${id}::bigint)`,
  },
  lastMessage: {
    by: sql`s.last_message_at desc, s.contact_id desc`,
    again: sql`p.last_message_at desc, p.id desc`,
    value: sql`s.last_message_at::text`,
    after: (value, id) => sql`(s.last_message_at, s.contact_id) < (${value}::timestamptz, ${id}::bigint)`,
  },
}

/** One page of the Contacts table with all it shows. */
export async function listContacts(
  { db, actor }: ReadContext,
  input: ParsedInput<'list'>,
): Promise<{ items: ContactRow[]; next: string | null }> {
  const { sort, q, filter, segmentId, limit } = input
  const order = orders[sort]
  const list = JSON.stringify(['contacts', actor.workspaceId, sort, q ?? '', filter ?? null, segmentId ?? null])
  const place = readCursor(list, input.cursor)
  const [value, id = ''] = place ?? []
  if (place !== null && (value === undefined || !/^\d+$/.test(id)))
    return refuse('cursor', 'format', 'Send the cursor as it was given.')
  const { rows } = await sql<Row>`
    with page as (
      select c.*, s.status, s.last_message_at, s.assignee_id, ${order.value} as sort_value
      from contact_state s join contact c on c.workspace_id = s.workspace_id and c.id = s.contact_id
      where ${await selectedContacts(db, actor, { kind: 'matching', q, filter, segmentId, except: [] }, new Date())}
        ${value === undefined ? sql`` : sql`and ${order.after(value, id)}`}
      order by ${order.by} limit ${limit + 1}
    )
    select p.*, nullif(p.last_message_at, '-infinity') as last_message_at, assignee.name as assignee_name,
      (select coalesce(array_agg(kind order by used desc nulls last, kind), '{}') from (
        select line.kind, max(greatest(k.last_in_at, k.last_out_at)) as used
        from contact_channel k join channel line on line.workspace_id = k.workspace_id and line.id = k.channel_id
        where k.workspace_id = p.workspace_id and k.owner_id = p.id and k.removed_at is null
        group by line.kind) used) as kinds,
      ${shownTags('p')} as tags
    from page p left join member assignee on assignee.workspace_id = p.workspace_id and assignee.id = p.assignee_id
    order by ${order.again}`.execute(db)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(showRow),
    next: rows.length > limit && last !== undefined ? writeCursor(list, [last.sort_value, String(last.id)]) : null,
  }
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
  lastMessageAt: row.last_message_at?.toISOString() ?? null,
  createdAt: row.created_at.toISOString(),
})

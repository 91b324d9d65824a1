import { sql, type RawBuilder } from 'kysely'
import type { ChannelKind } from '#contract/channel-kind.ts'
import type { ConversationRow, MessageBody } from '#contract/conversations.ts'
import { displayName } from '../contacts/display-name.ts'
import { matchesSearch } from '../contacts/match-search.ts'
import { snippetOf } from '../contacts/snippet-of.ts'
import { statusOf } from '../contacts/status-of.ts'
import { visibleContacts } from '../contacts/visible-contacts.ts'
import { readCursor, writeCursor } from '../db/page-cursor.ts'
import type { Actor, ReadContext } from '../http/endpoint.ts'
import { refuse } from '../http/fail.ts'
import { statusOfState } from './lock-state.ts'
import { statusName } from './next-status.ts'
import type { ParsedInput } from './parsed-input.ts'

interface Row {
  contact_id: number
  sort_at: string
  opened_at: Date | null
  status: number
  snoozed_until: Date | null
  assignee_id: number | null
  assignee_name: string | null
  first_name: string | null
  last_name: string | null
  profile_name: string | null
  phone: string | null
  email: string | null
  picture_url: string | null
  channel_kind: ChannelKind | null
  body: MessageBody | null
  incoming: boolean
  message_status: number
  sender_type: string
  sender_id: number | null
  sender_name: string | null
  unread: number
}

/** One page of the Inbox with all it shows, by last message: a walk of the index made for the view. */
export async function listConversations(
  { db, actor }: ReadContext,
  input: ParsedInput<'list'>,
): Promise<{ items: ConversationRow[]; next: string | null }> {
  const { view, status, unreadOnly, q, limit } = input
  const list = JSON.stringify(['inbox', actor.workspaceId, actor.memberId, view, status, unreadOnly, q ?? ''])
  const { rows } = await sql<Row>`
    with page as (
      select s.*, read.id as read_id
      from contact_state s
      cross join lateral (select coalesce(
        (select read_id from read_mark r where r.workspace_id = s.workspace_id and r.contact_id = s.contact_id
          and r.member_id = ${actor.memberId}), ${readBefore(actor)}) as id) read
      where s.workspace_id = ${actor.workspaceId} and s.live and s.status = ${statusOfState[status]}
        and ${inView(actor, view)} and ${visibleContacts(actor)} and ${after(readCursor(list, input.cursor))}
        ${unreadOnly ? sql`and s.last_in_id > read.id` : sql``}
        ${q === undefined || q.trim() === '' ? sql`` : sql`and ${matchesSearch(q)}`}
      order by s.last_message_at desc, s.contact_id desc limit ${limit + 1}
    )
    select p.contact_id, p.last_message_at::text as sort_at, episode.opened_at, p.status, p.snoozed_until, p.assignee_id,
      assignee.name as assignee_name, c.first_name, c.last_name, c.profile_name, c.phone, c.email, c.picture_url,
      line.kind as channel_kind, m.body, m.incoming, m.status as message_status, m.sender_type, m.sender_id,
      sender.name as sender_name,
      case when p.last_in_id <= p.read_id then 0 when c.own is null then (select count(*)::int from (
        select from message n where n.workspace_id = p.workspace_id and n.contact_id = p.contact_id
          and n.id > p.read_id and n.incoming limit 100) n)
      else ${unreadOfMerged(actor)} end as unread
    from page p
    join contact c on c.workspace_id = p.workspace_id and c.id = p.contact_id
    left join conversation episode on episode.workspace_id = p.workspace_id and episode.id = p.conversation_id
    left join member assignee on assignee.workspace_id = p.workspace_id and assignee.id = p.assignee_id
    left join channel line on line.workspace_id = p.workspace_id and line.id = p.last_channel_id
    left join message m on m.workspace_id = p.workspace_id and m.id = p.last_message_id
    left join member sender on sender.workspace_id = m.workspace_id and sender.id = m.sender_id
      and m.sender_type in ('member', 'api')
    order by p.last_message_at desc, p.contact_id desc`.execute(db)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map((row) => showRow(row, actor)),
    next: rows.length > limit && last !== undefined ? writeCursor(list, [last.sort_at, String(last.contact_id)]) : null,
  }
}

/** Of a contact `p` that has absorbed others: each member's own, from where it was read before or since. */
const unreadOfMerged = (actor: Actor): RawBuilder<unknown> => sql`(
  select least(100, coalesce(sum(unread.count), 0))::int
  from contact part
  left join read_mark mark on mark.workspace_id = part.workspace_id and mark.contact_id = part.id
    and mark.member_id = ${actor.memberId}
  cross join lateral (select count(*) from (
    select from message n where n.workspace_id = part.workspace_id and n.contact_id = part.id
      and n.id > greatest(p.read_id, mark.read_id, mark.own_id) and n.incoming limit 100) n) unread
  where part.workspace_id = p.workspace_id and (part.id = p.contact_id or part.root_id = p.contact_id))`

/** The condition on `contact_state s` for a view. */
export function inView(actor: Actor, view: ParsedInput<'list'>['view']): RawBuilder<unknown> {
  if (view === 'mine') return sql`s.assignee_id = ${actor.memberId}`
  return view === 'unassigned' ? sql`s.assignee_id is null` : sql`true`
}

/** Where a member's reading begins in contacts they have never opened. */
export const readBefore = (actor: Actor): RawBuilder<unknown> =>
  sql`(select read_before from member me where me.workspace_id = ${actor.workspaceId} and me.id = ${actor.memberId})`

function after(place: string[] | null): RawBuilder<unknown> {
  if (place === null) return sql`true`
  const [at, contactId] = place
  if (at === undefined || !/^\d+$/.test(contactId ?? ''))
    return refuse('cursor', 'format', 'Send the cursor as it was given.')
  return sql`(s.last_message_at, s.contact_id) < (${at}::timestamptz, ${contactId}::bigint)`
}

function showRow(row: Row, actor: Actor): ConversationRow {
  const time = row.sort_at === '-infinity' ? (row.opened_at ?? new Date(0)) : new Date(row.sort_at)
  return {
    contactId: row.contact_id,
    displayName: displayName(row),
    pictureUrl: row.picture_url,
    lastMessageAt: time.toISOString(),
    kind: row.channel_kind,
    snippet:
      row.body === null
        ? { direction: 'out', text: null, type: 'none', senderName: null, byMe: false, status: 'sent' }
        : {
            direction: row.incoming ? 'in' : 'out',
            text: snippetOf(row.body),
            type: row.body.type,
            senderName: row.sender_name,
            byMe: row.sender_type === 'member' && row.sender_id === actor.memberId,
            status: statusName(row.message_status),
          },
    status: statusOf(row.status) ?? 'open',
    snoozedUntil: row.snoozed_until?.toISOString() ?? null,
    assignee: row.assignee_id === null ? null : { memberId: row.assignee_id, name: row.assignee_name ?? '' },
    unread: row.unread,
  }
}

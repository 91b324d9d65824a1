import { sql } from 'kysely'
import type { ThreadEvent, ThreadItem } from '#contract/conversations.ts'
import { timeOfId } from '../db/clock.ts'
import type { ReadContext } from '../http/endpoint.ts'
import { findVisibleContact } from './find-visible-contact.ts'
import { messageColumns, messageJoins } from './load-messages.ts'
import { readCursor, writeCursor } from '../db/page-cursor.ts'
import type { ParsedInput } from './parsed-input.ts'
import { showMessage, type MessageRow } from './show-message.ts'

const eventKinds: readonly ThreadEvent['kind'][] = [
  'assigned',
  'unassigned',
  'opened',
  'closed',
  'snoozed',
  'unsnoozed',
  'contactChannelAdded',
  'contactChannelRemoved',
  'contactChannelRestored',
  'merged',
  'unmerged',
  'optedOut',
  'optedIn',
  'blocked',
  'unblocked',
]

interface EventColumns {
  event_id: number | null
  kind: ThreadEvent['kind']
  actor_type: string
  actor_id: number | null
  actor_name: string | null
  data: Record<string, unknown>
}

/** A contact's messages and what happened between them, newest first. A merged contact's are those of all its members. */
export async function getThread(
  { db, actor }: ReadContext,
  input: ParsedInput<'thread'>,
): Promise<{ items: ThreadItem[]; next: string | null; readUpTo: number | null }> {
  const { contactId, readUpTo } = await findVisibleContact(db, actor, input.contactId)
  const list = `thread:${actor.workspaceId}:${contactId}`
  const before = Number(readCursor(list, input.cursor)?.[0] ?? Number.MAX_SAFE_INTEGER)
  const { rows } = await sql<MessageRow & EventColumns>`
    with parts as materialized (
      select id from contact where workspace_id = ${actor.workspaceId} and (id = ${contactId} or root_id = ${contactId})
    ), page as (
      select newest.id, true as is_message from parts cross join lateral (
        select id from message where workspace_id = ${actor.workspaceId} and contact_id = parts.id and id < ${before}
        order by id desc limit ${input.limit + 1}) newest
      union all
      select newest.id, false from parts cross join lateral (
        select id from activity where workspace_id = ${actor.workspaceId} and contact_id = parts.id and id < ${before}
          and kind = any(${eventKinds}) and ${isTold(contactId)} order by id desc limit ${input.limit + 1}) newest
      order by 1 desc limit ${input.limit + 1}
    )
    select ${messageColumns}, e.id as event_id, e.kind, e.actor_type, e.actor_id, coalesce(doer.name, agent.name) as actor_name, e.data
    from page
    left join message m on page.is_message and m.workspace_id = ${actor.workspaceId} and m.id = page.id
    ${messageJoins}
    left join activity e on not page.is_message and e.workspace_id = ${actor.workspaceId} and e.id = page.id
    left join member doer on doer.workspace_id = e.workspace_id and doer.id = e.actor_id
      and e.actor_type in ('member', 'api')
    left join workflow agent on agent.workspace_id = e.workspace_id and agent.id = e.actor_id
      and e.actor_type = 'workflow'
    order by page.id desc`.execute(db)
  const shown = rows.slice(0, input.limit)
  const last = shown.at(-1)
  return {
    items: shown.map((row): ThreadItem =>
      row.event_id === null
        ? { type: 'message', message: showMessage(row) }
        : { type: 'event', event: showEvent(row, row.event_id) },
    ),
    next:
      rows.length > input.limit && last !== undefined ? writeCursor(list, [String(last.event_id ?? last.id)]) : null,
    readUpTo,
  }
}

/** A merge is told once, by the contact that is live: those it has absorbed have an entry of their own. */
const isTold = (contactId: number) => sql`(parts.id = ${contactId} or not data ?| array['into', 'outOf'])`

function showEvent(row: EventColumns, id: number): ThreadEvent {
  const type =
    row.actor_type === 'member' || row.actor_type === 'contact' || row.actor_type === 'api' ? row.actor_type : 'system'
  return {
    id,
    at: timeOfId(id).toISOString(),
    kind: row.kind,
    actor: { type, memberId: type === 'member' || type === 'api' ? row.actor_id : null, name: row.actor_name },
    data: row.data,
  }
}

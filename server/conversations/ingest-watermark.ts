import { sql } from 'kysely'
import type { Incoming, Line } from '../channels/adapter.ts'
import type { Deps } from '../deps.ts'
import { deliveryState } from './delivery-state.ts'
import { findLink, keysOf } from './find-link.ts'
import type { Notice } from './ingest-message.ts'
import { conversationNotice, lockState } from './lock-state.ts'
import { statusCode } from './next-status.ts'

/** What was sent before these was marked by the watermark before. */
const mostMessages = 500

/**
 * Moves on everything that had been sent to an address by a time the provider names. A message counts from when its call
 * began, not from when it was written: what waited longer was not there yet. `unmatched`: one is on its way, and was
 * perhaps there before its own answer.
 */
export async function ingestWatermark(
  deps: Pick<Deps, 'db'>,
  line: Pick<Line, 'workspaceId' | 'channelId'>,
  item: Extract<Incoming, { type: 'watermark' }>,
): Promise<Notice[] | 'unmatched'> {
  const { workspaceId } = line
  return deps.db.transaction().execute(async (tx) => {
    const link = await findLink(tx, line, keysOf(item.sender))
    const state = link === undefined ? undefined : await lockState(tx, workspaceId, link.contactId)
    if (link === undefined || state === undefined) return []
    const from = item.status === 'read' ? [statusCode.sent, statusCode.delivered] : [statusCode.sent]
    const { rows } = await sql<{ id: number; sending: boolean }>`
      with late as (
        select m.id, m.status, d.state, coalesce(d.claimed_at, to_timestamp(m.id / 1e6)) as sent_at
        from message m left join delivery d on d.workspace_id = m.workspace_id and d.message_id = m.id
        where m.workspace_id = ${workspaceId} and m.contact_id = ${link.contactId} and m.id <= ${item.upTo.getTime() * 1000}
          and m.contact_channel_id = ${link.id} and not m.incoming and not m.note
        order by m.id desc limit ${mostMessages}
      ), moved as (
        update message m set status = ${statusCode[item.status]}
        from late where m.workspace_id = ${workspaceId} and m.id = late.id
          and late.status = any(${from}::smallint[]) and late.sent_at <= ${item.upTo}
        returning m.id
      )
      select id, false as sending from moved
      union all
      select id, true from late where state = ${deliveryState.sending} and sent_at <= ${item.upTo}`.execute(tx)
    const moved = rows.filter(({ sending }) => !sending)
    if (moved.length === 0 && rows.length > 0) return 'unmatched'
    return moved.map(({ id }) => conversationNotice(state, 'status', { messageId: id }))
  })
}

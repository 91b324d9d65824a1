import { sql, type RawBuilder } from 'kysely'
import type { InferContractRouterOutputs } from '@orpc/contract'
import type { ChannelKind } from '#contract/channel-kind.ts'
import type { conversations } from '#contract/conversations.ts'
import { visibilityOf } from '#contract/policy.ts'
import { displayName } from '../contacts/display-name.ts'
import { visibleContacts } from '../contacts/visible-contacts.ts'
import { readCursor, writeCursor } from '../db/page-cursor.ts'
import type { ReadContext, Reader } from '../http/endpoint.ts'
import { deliveryState } from './delivery-state.ts'
import { messageColumns, messageJoins } from './load-messages.ts'
import type { ParsedInput } from './parsed-input.ts'
import { requireChannel } from '../channels/require-channel.ts'
import { showMessage, type MessageRow } from './show-message.ts'

/** A page looks at no more than this, however few of them the member sees. */
const mostWalked = 1000
/** Nobody needs to know more exactly how many there are. */
const mostCounted = 1000

interface Row {
  walked: number
  floor: number | null
  total: number | null
  message: (MessageRow & PersonRow) | null
}
interface PersonRow {
  contact_id: number
  channel_name: string
  first_name: string | null
  last_name: string | null
  profile_name: string | null
  contact_phone: string | null
  contact_email: string | null
  picture_url: string | null
}

/** Deliveries `d` of a workspace, of one line or all, that failed, are in doubt, or either. */
export function undeliveredOf(
  workspaceId: number,
  channelId: number | null,
  status: 'failed' | 'unknown' | null,
): RawBuilder<unknown> {
  const states = status === null ? [deliveryState.unknown, deliveryState.failed] : [deliveryState[status]]
  return sql`d.workspace_id = ${workspaceId} and d.state in (8, 9) and d.state = any(${states}::smallint[])
    ${channelId === null ? sql`` : sql`and d.channel_id = ${channelId}`}`
}

/**
 * What did not go out or perhaps did, newest first: of contacts that the member sees and that are not blocked. A page may be
 * shorter than asked for and still have a next one. `total` is counted up to 1000, for those who see everybody.
 */
export async function listUndelivered(
  { db, actor }: ReadContext,
  { channelId = null, status = null, cursor, limit }: ParsedInput<'undelivered'>,
): Promise<InferContractRouterOutputs<typeof conversations>['undelivered']> {
  const { workspaceId } = actor
  if (channelId !== null) await requireChannel(db, workspaceId, channelId)
  const list = JSON.stringify(['undelivered', workspaceId, actor.memberId, channelId, status])
  const before = Number(readCursor(list, cursor)?.[0] ?? Number.MAX_SAFE_INTEGER)
  const which = undeliveredOf(workspaceId, channelId, status)
  const counts = visibilityOf(actor).kind === 'all'
  const { rows } = await sql<Row & MessageRow & PersonRow>`
    with walk as materialized (
      select d.message_id, d.contact_channel_id from delivery d
      where ${which} and d.message_id < ${before} order by d.message_id desc limit ${mostWalked}
    ), page as (
      select walk.message_id, s.contact_id from walk
      join contact_channel link on link.workspace_id = ${workspaceId} and link.id = walk.contact_channel_id
      join contact_state s on s.workspace_id = link.workspace_id and s.contact_id = link.owner_id
      where s.live and ${visibleContacts(actor)}
      order by walk.message_id desc limit ${limit + 1}
    )
    select whole.*, ${messageColumns}, page.contact_id, line.name as channel_name, c.first_name, c.last_name,
      c.profile_name, c.phone as contact_phone, c.email as contact_email, c.picture_url
    from (select count(*)::int as walked, min(message_id) as floor,
      ${counts ? sql`(select count(*)::int from (select from delivery d where ${which} limit ${mostCounted}) counted)` : sql`null::int`} as total
      from walk) whole
    left join page on true
    left join message m on m.workspace_id = ${workspaceId} and m.id = page.message_id
    ${messageJoins}
    left join contact c on c.workspace_id = ${workspaceId} and c.id = page.contact_id
    order by page.message_id desc`.execute(db)
  const found = rows.filter(({ id }) => id !== null)
  const shown = found.slice(0, limit)
  const { walked, floor, total } = rows[0]!
  const last = found.length > limit ? shown.at(-1)!.id : walked === mostWalked ? floor : null
  return {
    items: shown.map((row) => ({
      contact: {
        id: row.contact_id,
        displayName: displayName({ ...row, phone: row.contact_phone, email: row.contact_email }),
        pictureUrl: row.picture_url,
      },
      channelName: row.channel_name,
      message: showMessage(row),
    })),
    next: last === null ? null : writeCursor(list, [String(last)]),
    total,
    removedChannels: cursor == null ? await findRemoved(db, workspaceId, channelId) : [],
  }
}

/** Channels that are no longer connected: those by which something did not go out, and the one that is asked for. */
async function findRemoved(db: Reader, workspaceId: number, channelId: number | null) {
  const { rows } = await sql<{ id: number; kind: ChannelKind; name: string }>`
    select c.id, c.kind, c.name from channel c
    where c.workspace_id = ${workspaceId} and c.deleted_at is not null and (c.id = ${channelId} or exists (
      select from delivery d
      where d.workspace_id = c.workspace_id and d.channel_id = c.id and d.state in (8, 9)))
    order by c.id`.execute(db)
  return rows
}

import { sql } from 'kysely'
import type { Incoming, Line } from '../channels/adapter.ts'
import type { Deps } from '../deps.ts'
import type { ClaimedDelivery } from './claim-deliveries.ts'
import { deliveryState } from './delivery-state.ts'
import { keysOf } from './find-link.ts'
import { recordAttempt } from './record-attempt.ts'

interface Open extends ClaimedDelivery {
  readonly state: number
  readonly text: string | null
  readonly fileCount: number
}

/**
 * Is an echo that is not known yet one of our own messages? It may be here before the answer to its own call, and it is the
 * proof that a message of which nobody knew was sent after all: then that message is settled as sent, under its id.
 * `wait`: one is on its way and nothing tells whether it is this. `elsewhere`: it is nobody's here.
 */
export async function matchEcho(
  deps: Pick<Deps, 'db' | 'clock'>,
  line: Pick<Line, 'workspaceId' | 'channelId'>,
  item: Extract<Incoming, { type: 'message' }>,
): Promise<'ours' | 'wait' | 'elsewhere'> {
  if (item.ours === null) return 'elsewhere'
  const open = await findOpen(deps, line, item)
  const own = item.ours === undefined ? open.find((delivery) => saysTheSame(delivery, item)) : open[0]
  if (own !== undefined) {
    await recordAttempt(deps, own, { outcome: 'accepted', extId: item.extId })
    return 'ours'
  }
  return open.some(({ state }) => state === deliveryState.sending) ? 'wait' : 'elsewhere'
}

const saysTheSame = ({ state, text, fileCount }: Open, { body, files }: Extract<Incoming, { type: 'message' }>) =>
  state === deliveryState.unknown &&
  fileCount === files.length &&
  (text ?? '').trim() === ('text' in body ? (body.text ?? '') : '').trim()

/** What was sent to this address and whose end is not known, or the one message that the echo names; oldest first. */
async function findOpen(
  deps: Pick<Deps, 'db' | 'clock'>,
  { workspaceId, channelId }: Pick<Line, 'workspaceId' | 'channelId'>,
  { sender, ours }: Extract<Incoming, { type: 'message' }>,
): Promise<Open[]> {
  const which =
    ours === undefined
      ? sql`d.state in (${deliveryState.sending}, ${deliveryState.unknown}) and m.id > ${(deps.clock.now().getTime() - 3_600_000) * 1000}`
      : sql`d.message_id = ${ours} and m.ext_id is null`
  const { rows } = await sql<Open>`
    select d.workspace_id as "workspaceId", d.message_id as "messageId", d.contact_id as "contactId",
      d.channel_id as "channelId", d.contact_channel_id as "contactChannelId", d.attempts,
      d.queued_at as "queuedAt", d.state,
      m.body->>'text' as text, (select count(*)::int from attachment a
        where a.workspace_id = m.workspace_id and a.message_id = m.id) as "fileCount"
    from contact_channel link
    join delivery d on d.workspace_id = link.workspace_id and d.channel_id = link.channel_id
      and d.contact_id = link.contact_id and d.contact_channel_id = link.id
    join message m on m.workspace_id = d.workspace_id and m.id = d.message_id
    where link.workspace_id = ${workspaceId} and link.channel_id = ${channelId} and link.removed_at is null
      and link.address_key = any(${keysOf(sender)}) and ${which}
    order by d.message_id`.execute(deps.db)
  return rows
}

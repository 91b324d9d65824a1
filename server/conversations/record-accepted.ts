import { sql } from 'kysely'
import { notify } from '../db/notify.ts'
import { preparedFor } from '../db/prepared.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import type { ClaimedDelivery } from './claim-deliveries.ts'
import { deliveryState } from './delivery-state.ts'
import { rememberSeen } from './find-seen.ts'
import { conversationNotice, lockStates } from './lock-state.ts'
import { nextStatus, statusCode, statusName } from './next-status.ts'
import { touchChannel, touchContactChannels } from './touch-line.ts'

/** A message that its provider has taken, and what it is called there. */
export interface Accepted {
  readonly delivery: ClaimedDelivery
  readonly extId: string
}

/**
 * Writes down that these messages of one line are out, in one commit: whatever a slower hand has written meanwhile, nothing
 * may send them once more. What they are called at the provider is remembered in the same commit, so that receipts find them.
 */
export async function recordAccepted(deps: Pick<Deps, 'db' | 'clock'>, accepted: readonly Accepted[]): Promise<void> {
  const line = accepted[0]?.delivery
  if (line === undefined) return
  const { workspaceId } = line
  const at = deps.clock.now()
  await deps.db.transaction().execute(async (tx) => {
    const states = await lockStates(
      tx,
      workspaceId,
      accepted.map(({ delivery }) => delivery.contactId),
    )
    await endClaims(tx, workspaceId, accepted)
    const written = await writeSent(tx, workspaceId, accepted)
    // of whoever was deleted meanwhile nothing is left to remember
    const there = accepted.filter(({ delivery }) => written.has(delivery.messageId))
    await rememberSeen(
      tx,
      line,
      there.map(({ delivery: { messageId }, extId }) => ({ extId, messageId, ...written.get(messageId)! })),
    )
    await touchContactChannels(
      tx,
      workspaceId,
      'last_out_at',
      accepted.map(({ delivery }) => ({ ...delivery, at })),
    )
    await touchChannel(tx, line, 'last_out_at', at)
    const notices = there.flatMap(({ delivery: { contactId, messageId } }) => {
      const state = states.get(contactId)
      return state === undefined || !written.get(messageId)!.isNews
        ? []
        : [{ ...conversationNotice(state, 'status', { messageId }), workspaceId }]
    })
    await notify(tx, notices)
  })
}

/** When an accepted message's call began stays known: see ingest-watermark.ts. */
async function endClaims(tx: Tx, workspaceId: number, accepted: readonly Accepted[]): Promise<void> {
  await sql`${preparedFor(accepted.length)}
    update delivery set state = ${sql.lit(deliveryState.accepted)}
    where workspace_id = ${workspaceId} and message_id = any(${idsOf(accepted)}::bigint[])
      and state <> ${sql.lit(deliveryState.accepted)}`.execute(tx)
}

const idsOf = (accepted: readonly Accepted[]) => accepted.map(({ delivery }) => delivery.messageId)

/** What a message may be that is now known to be out. */
const movable = Object.values(statusCode).filter((code) => nextStatus(statusName(code), 'sent') !== null)

/** Answers those that are there, with whose they are, and whether that they are out is news. */
async function writeSent(
  tx: Tx,
  workspaceId: number,
  accepted: readonly Accepted[],
): Promise<Map<number, { contactId: number; isNews: boolean }>> {
  const { rows } = await sql<{ id: number; contactId: number; isNews: boolean }>`${preparedFor(accepted.length)}
    with held as (
      select m.id, asked.ext_id, m.status in (${sql.join(movable.map((code) => sql.lit(code)))}) as is_news
      from unnest(${idsOf(accepted)}::bigint[], ${accepted.map(({ extId }) => extId)}::text[]) asked (id, ext_id)
      join message m on m.workspace_id = ${workspaceId} and m.id = asked.id
      order by m.id for update of m
    )
    update message m set ext_id = held.ext_id,
      status = case when held.is_news then ${sql.lit(statusCode.sent)} else m.status end,
      failure = case when held.is_news then null else m.failure end
    from held where m.workspace_id = ${workspaceId} and m.id = held.id
    returning m.id, m.contact_id as "contactId", held.is_news as "isNews"`.execute(tx)
  return new Map(rows.map(({ id, ...row }) => [id, row]))
}

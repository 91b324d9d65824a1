import type { Attempt } from '../channels/adapter.ts'
import { notify } from '../db/notify.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { deliveryState } from './delivery-state.ts'
import { rememberSeen } from './find-seen.ts'
import { conversationNotice, lockState } from './lock-state.ts'
import { moveStatus } from './move-status.ts'
import { statusCode } from './next-status.ts'
import { noteRefusal } from './note-refusal.ts'
import { retryDelay } from './retry-delay.ts'
import { touchChannel, touchContactChannels } from './touch-line.ts'

/** A delivery whose outcome is to be written down. */
export interface ClaimedDelivery {
  readonly workspaceId: number
  readonly messageId: number
  readonly contactId: number
  readonly channelId: number
  readonly contactChannelId: number
  readonly attempts: number
  /** Since when it is to be sent. */
  readonly queuedAt: Date
}

/**
 * Writes down how an attempt ended, in one commit, and answers when to try again (seconds), if so. An accepted message's
 * provider id is remembered in the same commit, so that its receipts find it.
 */
export async function recordAttempt(
  deps: Pick<Deps, 'db' | 'clock'>,
  delivery: ClaimedDelivery,
  attempt: Attempt,
): Promise<number | null> {
  const { workspaceId, messageId } = delivery
  const now = deps.clock.now().getTime()
  const delay = attempt.outcome === 'retry' ? retryDelay(delivery, Math.random(), attempt.afterSeconds, now) : null
  await deps.db.transaction().execute(async (tx) => {
    const state = await lockState(tx, workspaceId, delivery.contactId)
    if (delay !== null) {
      const next = new Date(now + delay * 1000)
      const left = await leaveClaim(tx, delivery, { state: deliveryState.queued, next_attempt_at: next })
      if (!left) return
      if (attempt.outcome === 'retry') await noteTrouble(tx, delivery, attempt)
    } else if (!(await settle(tx, delivery, attempt, new Date(now)))) return
    if (state === undefined) return
    const { channelId } = delivery
    if (attempt.outcome === 'failed') await noteRefusal(tx, deps, state, { channelId, code: attempt.code })
    await notify(tx, [{ ...conversationNotice(state, 'status', { messageId }), workspaceId }])
  })
  return delay
}

/** What its last attempt met, for whoever wonders why it is not out yet. */
async function noteTrouble(
  tx: Tx,
  { workspaceId, messageId }: ClaimedDelivery,
  { code, detail }: { code: string; detail: string | null },
): Promise<void> {
  await tx
    .updateTable('message')
    .set({ failure: JSON.stringify({ code, detail, canRetry: false }) })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', messageId)
    .where('status', '=', statusCode.queued)
    .execute()
}

async function settle(tx: Tx, delivery: ClaimedDelivery, attempt: Attempt, now: Date): Promise<boolean> {
  const { workspaceId, messageId } = delivery
  if (attempt.outcome === 'accepted') {
    // it is out, whatever a slower hand has written meanwhile: nothing may send it once more
    await leaveClaim(tx, delivery, { state: deliveryState.accepted }, [0, 1, 7, 8, 9])
    await remember(tx, delivery, attempt.extId, now)
    return moveStatus(tx, workspaceId, messageId, 'sent')
  }
  if (attempt.outcome === 'unknown') {
    if (!(await leaveClaim(tx, delivery, { state: deliveryState.unknown }))) return false
    const failure = { code: 'maybe-sent', detail: attempt.detail, canRetry: true }
    return moveStatus(tx, workspaceId, messageId, 'unknown', { failure })
  }
  if (!(await leaveClaim(tx, delivery, { state: deliveryState.failed }))) return false
  const failure = { code: attempt.code, detail: attempt.detail, canRetry: true }
  return moveStatus(tx, workspaceId, messageId, 'failed', { failure })
}

async function remember(tx: Tx, delivery: ClaimedDelivery, extId: string, at: Date): Promise<void> {
  const { workspaceId, messageId } = delivery
  const message = await tx
    .updateTable('message')
    .set({ ext_id: extId })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', messageId)
    .returning('contact_id')
    .executeTakeFirst()
  if (message !== undefined) await rememberSeen(tx, delivery, [{ extId, messageId, contactId: message.contact_id }])
  await touchContactChannels(tx, workspaceId, 'last_out_at', [{ ...delivery, at }])
  await touchChannel(tx, delivery, 'last_out_at', at)
}

/** Ends a claim, unless somebody has ended it already. When an accepted message's call began stays known: see ingest-watermark.ts. */
async function leaveClaim(
  tx: Tx,
  { workspaceId, messageId }: ClaimedDelivery,
  next: { state: number; next_attempt_at?: Date },
  from: readonly number[] = [deliveryState.sending],
): Promise<boolean> {
  const left = await tx
    .updateTable('delivery')
    .set(next.state === deliveryState.accepted ? next : { ...next, claimed_at: null })
    .where('workspace_id', '=', workspaceId)
    .where('message_id', '=', messageId)
    .where('state', 'in', from)
    .returning('message_id')
    .executeTakeFirst()
  return left !== undefined
}

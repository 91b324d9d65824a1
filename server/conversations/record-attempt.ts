import type { Attempt } from '../channels/adapter.ts'
import { notify } from '../db/notify.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import type { ClaimedDelivery } from './claim-deliveries.ts'
import { deliveryState } from './delivery-state.ts'
import { conversationNotice, lockState } from './lock-state.ts'
import { moveStatus } from './move-status.ts'
import { statusCode } from './next-status.ts'
import { noteRefusal } from './note-refusal.ts'
import { recordAccepted } from './record-accepted.ts'
import { retryDelay } from './retry-delay.ts'

/** Writes down how an attempt ended, in one commit, and answers when to try again (seconds), if so. */
export async function recordAttempt(
  deps: Pick<Deps, 'db' | 'clock'>,
  delivery: ClaimedDelivery,
  attempt: Attempt,
): Promise<number | null> {
  if (attempt.outcome === 'accepted') {
    await recordAccepted(deps, [{ delivery, extId: attempt.extId }])
    return null
  }
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
    } else if (!(await settle(tx, delivery, attempt))) return
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

async function settle(
  tx: Tx,
  delivery: ClaimedDelivery,
  attempt: Exclude<Attempt, { outcome: 'accepted' }>,
): Promise<boolean> {
  const { workspaceId, messageId } = delivery
  if (attempt.outcome === 'unknown') {
    if (!(await leaveClaim(tx, delivery, { state: deliveryState.unknown }))) return false
    const failure = { code: 'maybe-sent', detail: attempt.detail, canRetry: true }
    return moveStatus(tx, workspaceId, messageId, 'unknown', { failure })
  }
  if (!(await leaveClaim(tx, delivery, { state: deliveryState.failed }))) return false
  const failure = { code: attempt.code, detail: attempt.detail, canRetry: true }
  return moveStatus(tx, workspaceId, messageId, 'failed', { failure })
}

/** Ends a claim, unless somebody has ended it already. */
async function leaveClaim(
  tx: Tx,
  { workspaceId, messageId }: ClaimedDelivery,
  next: { state: number; next_attempt_at?: Date },
): Promise<boolean> {
  const left = await tx
    .updateTable('delivery')
    .set({ ...next, claimed_at: null })
    .where('workspace_id', '=', workspaceId)
    .where('message_id', '=', messageId)
    .where('state', '=', deliveryState.sending)
    .returning('message_id')
    .executeTakeFirst()
  return left !== undefined
}

import type { Incoming, Line } from '../channels/adapter.ts'
import type { Deps } from '../deps.ts'
import { countOutcomes } from './count-outcomes.ts'
import { deliveryState } from './delivery-state.ts'
import { findSeen } from './find-seen.ts'
import type { Notice } from './ingest-message.ts'
import { conversationNotice, lockState } from './lock-state.ts'
import { moveStatus } from './move-status.ts'
import { noteRefusal } from './note-refusal.ts'

/**
 * Moves a message's status by a provider's receipt. `unmatched`: no such message yet; our own record of having sent it may
 * be a moment behind the receipt, so it is worth trying again.
 */
export async function ingestStatus(
  deps: Pick<Deps, 'db' | 'clock'>,
  line: Pick<Line, 'workspaceId' | 'channelId'>,
  item: Extract<Incoming, { type: 'status' }>,
): Promise<Notice[] | 'unmatched'> {
  const { workspaceId } = line
  const seen = await findSeen(deps.db, line, item.extId)
  if (seen === undefined) return 'unmatched'
  return deps.db.transaction().execute(async (tx) => {
    const state = await lockState(tx, workspaceId, seen.contactId)
    if (state === undefined) return []
    const failure =
      item.status === 'failed'
        ? { code: item.failure?.code ?? 'rejected', detail: item.failure?.detail ?? null, canRetry: true }
        : null
    const moved = await moveStatus(tx, workspaceId, seen.messageId, item.status, { failure, attemptExtId: item.extId })
    if (!moved) return []
    await tx
      .updateTable('delivery')
      .set({ state: item.status === 'failed' ? deliveryState.failed : deliveryState.accepted })
      .where('workspace_id', '=', workspaceId)
      .where('message_id', '=', seen.messageId)
      .execute()
    if (failure !== null) await noteRefusal(tx, deps, state, { channelId: line.channelId, code: failure.code })
    if (item.status === 'failed') await countOutcomes(tx, line, { returned: 1 })
    return [conversationNotice(state, 'status', { messageId: seen.messageId })]
  })
}

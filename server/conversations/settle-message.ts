import type { Message } from '#contract/conversations.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { deliveryState } from './delivery-state.ts'
import { loadMessage } from './load-messages.ts'
import { conversationNotice, lockVisibleState } from './lock-state.ts'
import { moveStatus } from './move-status.ts'
import { isUndelivered, statusName } from './next-status.ts'
import type { ParsedInput } from './parsed-input.ts'

/**
 * Says that nothing more is to be done about a message that did not go out, or perhaps did. One in doubt counts as sent from
 * now on; one that failed stays failed. Said again, it changes nothing.
 */
export async function settleMessage({ tx, actor, live }: WriteContext, input: ParsedInput<'settle'>): Promise<Message> {
  const { workspaceId } = actor
  const { messageId } = input
  const state = await lockVisibleState(tx, actor, input.contactId)
  const message = await tx
    .selectFrom('message')
    .innerJoin('delivery', (join) =>
      join.onRef('delivery.workspace_id', '=', 'message.workspace_id').onRef('delivery.message_id', '=', 'message.id'),
    )
    .innerJoin('contact_channel as link', (join) =>
      join
        .onRef('link.workspace_id', '=', 'delivery.workspace_id')
        .onRef('link.id', '=', 'delivery.contact_channel_id'),
    )
    .select(['message.status', 'link.owner_id'])
    .where('message.workspace_id', '=', workspaceId)
    .where('message.id', '=', messageId)
    .forUpdate(['message', 'delivery'])
    .executeTakeFirst()
  if (message === undefined || message.owner_id !== state.contactId) return fail('NOT_FOUND')
  if (!isUndelivered(message.status)) return loadMessage(tx, workspaceId, messageId)
  const wasInDoubt = statusName(message.status) === 'unknown'
  if (wasInDoubt) await moveStatus(tx, workspaceId, messageId, 'sent')
  await tx
    .updateTable('delivery')
    .set({ state: wasInDoubt ? deliveryState.accepted : deliveryState.left })
    .where('workspace_id', '=', workspaceId)
    .where('message_id', '=', messageId)
    .execute()
  live(conversationNotice(state, 'status', { messageId, memberId: actor.memberId }))
  return loadMessage(tx, workspaceId, messageId)
}

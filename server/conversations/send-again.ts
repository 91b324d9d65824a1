import type { Message } from '#contract/conversations.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { deliveryState } from './delivery-state.ts'
import { loadMessage } from './load-messages.ts'
import { conversationNotice, lockVisibleState } from './lock-state.ts'
import { statusCode, statusName } from './next-status.ts'
import { openLiveLine } from './open-live-line.ts'
import { outgoingBody, type StoredBody } from './outgoing-body.ts'
import type { ParsedInput } from './parsed-input.ts'
import { refuseOptedOut, refuseUnsendable } from './queue-message.ts'

/**
 * One new attempt for a message that failed or may not have gone out. Whoever presses again while it is on its way is
 * answered with how it stands: the row is locked, so ten presses are one attempt.
 */
export async function sendAgain(
  { tx, deps, actor, now, live, enqueue }: WriteContext,
  input: ParsedInput<'sendAgain'>,
): Promise<Message> {
  const { workspaceId } = actor
  const { messageId } = input
  const state = await lockVisibleState(tx, actor, input.contactId)
  const { contactId } = state
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
    .select([
      'message.status',
      'message.body',
      'message.sender_type',
      'delivery.channel_id',
      'link.id as linkId',
      'link.contact_id',
    ])
    .select(['link.address', 'link.owner_id', 'link.last_in_at', 'link.removed_at'])
    .select((eb) =>
      eb
        .selectFrom('attachment')
        .select(eb.fn.countAll<number>().as('count'))
        .whereRef('attachment.workspace_id', '=', 'message.workspace_id')
        .whereRef('attachment.message_id', '=', 'message.id')
        .as('fileCount'),
    )
    .where('message.workspace_id', '=', workspaceId)
    .where('message.id', '=', messageId)
    .forUpdate(['message', 'delivery'])
    .executeTakeFirst()
  if (message === undefined || message.owner_id !== contactId) return fail('NOT_FOUND')
  const status = statusName(message.status)
  if (status !== 'failed' && status !== 'unknown') return loadMessage(tx, workspaceId, messageId)
  if (state.blocked) return fail('CONFLICT', { reason: 'blocked' })
  if (message.removed_at !== null) return fail('CONFLICT', { reason: 'not-on-channel' })
  const opened = await openLiveLine(tx, deps, workspaceId, message.channel_id)
  const contactChannel = { id: message.linkId, contactId: message.contact_id, address: message.address }
  const body = outgoingBody(message.body as StoredBody)
  await refuseOptedOut(tx, state, opened.line, body)
  refuseUnsendable(
    { opened, contactChannel, lastInAt: message.last_in_at },
    { body, fileCount: message.fileCount ?? 0, now, byHand: message.sender_type === 'member' },
  )
  await tx
    .updateTable('message')
    .set({ status: statusCode.queued, failure: null, ext_id: null })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', messageId)
    .execute()
  await tx
    .updateTable('delivery')
    .set({
      state: deliveryState.queued,
      attempts: 0,
      next_attempt_at: now,
      claimed_at: null,
      queued_at: now,
      contact_id: message.contact_id,
    })
    .where('workspace_id', '=', workspaceId)
    .where('message_id', '=', messageId)
    .execute()
  live(conversationNotice(state, 'status', { messageId, memberId: actor.memberId }))
  const answer = await loadMessage(tx, workspaceId, messageId)
  await enqueue('deliver-messages', { workspaceId, channelId: message.channel_id })
  return answer
}

import type { Message } from '#contract/conversations.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { holdResendable, queueAgain } from './hold-resendable.ts'
import { loadMessage } from './load-messages.ts'
import { conversationNotice, lockVisibleState } from './lock-state.ts'
import { isUndelivered } from './next-status.ts'
import type { ParsedInput } from './parsed-input.ts'

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
  const [message] = await holdResendable(tx, deps, workspaceId, [messageId], now)
  if (message === undefined || message.ownerId !== state.contactId) return fail('NOT_FOUND')
  if (!isUndelivered(message.status)) return loadMessage(tx, workspaceId, messageId)
  if (message.refusal !== null) return fail('CONFLICT', { reason: message.refusal })
  await queueAgain(tx, workspaceId, [messageId], now)
  live(conversationNotice(state, 'status', { messageId, memberId: actor.memberId }))
  const answer = await loadMessage(tx, workspaceId, messageId)
  await enqueue('deliver-messages', { workspaceId, channelId: message.channelId })
  return answer
}

import { z } from 'zod'
import type { Message, OutgoingBody } from '#contract/conversations.ts'
import { attachUploads } from '../files/attach-uploads.ts'
import type { Tx, WriteContext } from '../http/endpoint.ts'
import { fail, refuse } from '../http/fail.ts'
import { senderOf } from './actor-of.ts'
import { chooseRoute } from './choose-route.ts'
import { findVisibleContact } from './find-visible-contact.ts'
import { loadMessage } from './load-messages.ts'
import { conversationNotice, lockVisibleState, type LockedState } from './lock-state.ts'
import type { ParsedInput } from './parsed-input.ts'
import { bellOf, queueMessage, refuseUnsendable } from './queue-message.ts'
import { splitFiles } from './split-files.ts'

/**
 * Queues a message: its row, its place on the way out and the bell that sends it, in one commit. What cannot be sent is
 * refused here with its reason, before anything stands in the thread. Where the channel takes fewer files a message, more
 * messages go; the answer is the first.
 */
export async function sendMessage(context: WriteContext, input: ParsedInput<'send'>): Promise<Message> {
  const { tx, deps, actor, now, live, enqueue } = context
  checkBody(input.body, input.attachmentIds.length)
  const { contactId } = await findVisibleContact(tx, actor, input.contactId)
  await refuseBlocked(tx, actor.workspaceId, contactId)
  const sender = senderOf(actor)
  const route = await chooseRoute(tx, deps, sender, contactId, input.channelId ?? null)
  const parts = splitFiles(input.body, input.attachmentIds, route.opened.adapter)
  for (const part of parts)
    refuseUnsendable(route, { ...part, fileCount: part.attachmentIds.length, now, byHand: actor.via === 'member' })
  let state = await lockVisibleState(tx, actor, contactId)
  if (state.blocked) return fail('CONFLICT', { reason: 'blocked' })
  const replyTo = await findReplied(tx, state, input.replyTo ?? null)
  const ids: [number, ...number[]] = [0]
  for (const [at, part] of parts.entries()) {
    const queued = await queueMessage(tx, deps, { sender, state, route, part, replyTo: at === 0 ? replyTo : null })
    await attachUploads(tx, actor, part.attachmentIds, {
      messageId: queued.id,
      contactId: route.contactChannel.contactId,
    })
    ids[at] = queued.id
    state = queued.state
  }
  for (const messageId of ids) live(conversationNotice(state, 'message', { messageId, memberId: actor.memberId }))
  const message = await loadMessage(tx, actor.workspaceId, ids[0])
  // last, so that as little time as possible passes between the bell and the commit it announces
  await enqueue('deliver-messages', bellOf(route))
  return message
}

const emailAddress = z.email()

function checkBody(body: OutgoingBody, fileCount: number): void {
  if (body.type !== 'text') return
  if (body.text.trim() === '' && fileCount === 0) refuse('body.text', 'empty', 'Write something or attach a file.')
  const wrong = (body.cc ?? []).findIndex((address) => !emailAddress.safeParse(address).success)
  if (wrong >= 0) refuse(`body.cc.${wrong}`, 'format', 'This is not an e-mail address.')
}

async function refuseBlocked(tx: Tx, workspaceId: number, contactId: number): Promise<void> {
  const contact = await tx
    .selectFrom('contact')
    .select('blocked_at')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', contactId)
    .executeTakeFirst()
  if (contact?.blocked_at) fail('CONFLICT', { reason: 'blocked' })
}

/** The answered message must stand in this very thread. */
async function findReplied(
  tx: Tx,
  { workspaceId, contactId }: LockedState,
  replyTo: number | null,
): Promise<number | null> {
  if (replyTo === null) return null
  const message = await tx
    .selectFrom('message')
    .innerJoin('contact', (join) =>
      join.onRef('contact.workspace_id', '=', 'message.workspace_id').onRef('contact.id', '=', 'message.contact_id'),
    )
    .select('message.id')
    .where('message.workspace_id', '=', workspaceId)
    .where('message.id', '=', replyTo)
    .where('message.note', '=', false)
    .where(({ fn }) => fn.coalesce('contact.root_id', 'contact.id'), '=', contactId)
    .executeTakeFirst()
  return message?.id ?? refuse('replyTo', 'unknown', 'The message to answer is not in this conversation.')
}

import { z } from 'zod'
import type { Message, OutgoingBody } from '#contract/conversations.ts'
import { attachUploads } from '../files/attach-uploads.ts'
import type { Tx, WriteContext } from '../http/endpoint.ts'
import { fail, refuse } from '../http/fail.ts'
import { chooseRoute, type Route } from './choose-route.ts'
import { findVisibleContact } from './find-visible-contact.ts'
import { loadMessage } from './load-messages.ts'
import { conversationNotice, lockVisibleState, type LockedState } from './lock-state.ts'
import { storedBody } from './outgoing-body.ts'
import type { ParsedInput } from './parsed-input.ts'
import { recordMessage } from './record-message.ts'
import { splitFiles, type MessagePart } from './split-files.ts'

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
  const route = await chooseRoute(tx, deps, actor, contactId, input.channelId ?? null)
  const parts = splitFiles(input.body, input.attachmentIds, route.opened.adapter)
  for (const part of parts)
    refuseUnsendable(route, { ...part, fileCount: part.attachmentIds.length, now, byHand: actor.via === 'member' })
  let state = await lockVisibleState(tx, actor, contactId)
  if (state.blocked) return fail('CONFLICT', { reason: 'blocked' })
  await requireOwner(tx, state, route.contactChannel.id)
  const replyTo = await findReplied(tx, state, input.replyTo ?? null)
  const ids: [number, ...number[]] = [0]
  for (const [at, part] of parts.entries()) {
    const queued = await queuePart(context, state, route, part, at === 0 ? replyTo : null)
    ids[at] = queued.id
    state = queued.state
  }
  for (const messageId of ids) live(conversationNotice(state, 'message', { messageId, memberId: actor.memberId }))
  const message = await loadMessage(tx, actor.workspaceId, ids[0])
  // last, so that as little time as possible passes between the bell and the commit it announces
  const { workspaceId, channelId } = route.opened.line
  await enqueue('deliver-messages', { workspaceId, contactId: route.contactChannel.contactId, channelId })
  return message
}

/** Since the route was chosen a merge may have been made or taken back, or the channel taken off: the address is not the contact's. */
async function requireOwner(tx: Tx, state: LockedState, contactChannelId: number): Promise<void> {
  const link = await tx
    .selectFrom('contact_channel')
    .select(['owner_id', 'removed_at'])
    .where('workspace_id', '=', state.workspaceId)
    .where('id', '=', contactChannelId)
    .executeTakeFirst()
  if (link?.owner_id !== state.contactId || link.removed_at !== null) fail('UNAVAILABLE')
}

async function queuePart(
  { tx, deps, actor }: WriteContext,
  state: LockedState,
  { opened: { line, adapter }, contactChannel }: Route,
  { body, attachmentIds }: MessagePart,
  replyTo: number | null,
): Promise<{ id: number; state: LockedState }> {
  const recorded = await recordMessage(tx, deps, state, {
    contactChannel,
    channelId: line.channelId,
    sender: { type: actor.via, id: actor.memberId },
    status: 'queued',
    body: storedBody(body, {
      kind: adapter.kind,
      to: contactChannel.address,
      templateText: templateText(line.progress, body),
      fileCount: attachmentIds.length,
    }),
    extId: null,
    verified: null,
    replyTo,
  })
  await attachUploads(tx, actor, attachmentIds, { messageId: recorded.id, contactId: contactChannel.contactId })
  await tx
    .insertInto('delivery')
    .values({
      workspace_id: line.workspaceId,
      message_id: recorded.id,
      contact_id: contactChannel.contactId,
      channel_id: line.channelId,
      contact_channel_id: contactChannel.id,
    })
    .execute()
  return recorded
}

const emailAddress = z.email()

function checkBody(body: OutgoingBody, fileCount: number): void {
  if (body.type !== 'text') return
  if (body.text.trim() === '' && fileCount === 0) refuse('body.text', 'empty', 'Write something or attach a file.')
  const wrong = (body.cc ?? []).findIndex((address) => !emailAddress.safeParse(address).success)
  if (wrong >= 0) refuse(`body.cc.${wrong}`, 'format', 'This is not an e-mail address.')
}

/** What the channel itself cannot carry now: a window that is shut, a kind of message it does not know. */
export function refuseUnsendable(
  { opened, lastInAt }: Route,
  { body, fileCount, now, byHand }: { body: OutgoingBody; fileCount: number; now: Date; byHand: boolean },
): void {
  const reason = opened.adapter.refuses?.(opened.line, { body, fileCount, lastInAt, now, byHand }) ?? null
  if (reason !== null) fail('CONFLICT', { reason })
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

/** The template's text with its values, from the list the line last saw; empty where it is not known. */
function templateText(progress: Readonly<Record<string, unknown>>, body: OutgoingBody): string {
  if (body.type !== 'template' || !Array.isArray(progress['templates'])) return ''
  const template = (progress['templates'] as { name?: unknown; language?: unknown; body?: unknown }[]).find(
    ({ name, language }) => name === body.name && language === body.language,
  )
  const text = typeof template?.body === 'string' ? template.body : ''
  return text.replace(/\{\{\s*([\w.-]+)\s*\}\}/g, (whole, key: string) =>
    Object.hasOwn(body.variables, key) ? (body.variables[key] ?? whole) : whole,
  )
}

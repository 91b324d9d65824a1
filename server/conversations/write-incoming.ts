import type { ChannelAdapter, Incoming, Line } from '../channels/adapter.ts'
import { timeOfId } from '../db/message-clock.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { findSeen, rememberSeen } from './find-seen.ts'
import type { KeptFile } from './keep-files.ts'
import type { LockedState } from './lock-state.ts'
import { recordMessage } from './record-message.ts'
import { touchChannel, touchContactChannel } from './touch-line.ts'

type IncomingMessage = Extract<Incoming, { type: 'message' }>

/** Writes a message of a known contact with all that belongs to it; an echo stands as outgoing. Answers its id. */
export async function writeIncoming(
  tx: Tx,
  deps: Pick<Deps, 'numbers' | 'clock' | 'jobs'>,
  { line, adapter }: { line: Line; adapter: Pick<ChannelAdapter, 'windowHours'> },
  state: LockedState,
  contactChannel: { id: number; contactId: number },
  item: IncomingMessage,
  files: readonly KeptFile[],
): Promise<number> {
  const { workspaceId, channelId } = line
  const { sender, echo = false, automatic = false } = item
  const { id: messageId } = await recordMessage(tx, deps, state, {
    contactChannel,
    channelId,
    sender: { type: echo ? 'echo' : 'contact', id: null },
    status: echo ? 'sent' : 'received',
    body: {
      ...item.body,
      ...(item.references?.length ? { references: item.references } : {}),
      ...(item.page ? { page: item.page } : {}),
    },
    extId: item.extId,
    verified: sender.verified ?? null,
    automatic,
    replyTo: await findAnswered(tx, line, state.contactId, item.replyToExtIds ?? []),
  })
  const message = { messageId, contactId: contactChannel.contactId }
  await remember(tx, line, item.extId, message)
  await writeParts(tx, workspaceId, message, item.html, files)
  if (files.some(({ source }) => source !== null))
    await deps.jobs.enqueue(tx, 'fetch-attachments', { workspaceId, messageId })
  const column = echo ? 'last_out_at' : 'last_in_at'
  const arrivedAt = timeOfId(messageId)
  // a provider that limits the time to answer counts from when it was written, however late we hear of it
  const at = adapter.windowHours === undefined ? arrivedAt : earlier(item.sentAt, arrivedAt)
  const there = { contactChannelId: contactChannel.id, messageId }
  const said = sender.verified === false ? {} : { ...sender, page: item.page }
  await touchContactChannel(tx, workspaceId, there, column, at, said)
  await touchChannel(tx, line, column, arrivedAt)
  return messageId
}

const earlier = (sentAt: Date | null, arrivedAt: Date): Date =>
  sentAt !== null && sentAt < arrivedAt ? sentAt : arrivedAt

/** The guard against doubles; whoever loses here rolls back whole and finds the message known when it tries again. */
export async function remember(
  tx: Tx,
  line: Line,
  extId: string,
  message: { messageId: number; contactId: number },
): Promise<void> {
  if (!(await rememberSeen(tx, line, extId, message))) throw new Error('the message is being written elsewhere')
}

/** What hangs on a message: its HTML, its files. */
export async function writeParts(
  tx: Tx,
  workspaceId: number,
  { messageId, contactId }: { messageId: number; contactId: number },
  html: string | null | undefined,
  files: readonly KeptFile[],
): Promise<void> {
  const key = { workspace_id: workspaceId, message_id: messageId, contact_id: contactId }
  if (typeof html === 'string')
    await tx
      .insertInto('message_html')
      .values({ ...key, html })
      .execute()
  if (files.length === 0) return
  await tx
    .insertInto('attachment')
    .values(
      files.map(({ contentId, source, ...file }) => ({
        ...file,
        ...key,
        content_id: contentId,
        state: source === null ? 'stored' : 'pending',
        source: source === null ? null : JSON.stringify(source),
      })),
    )
    .execute()
}

/** The first of the named messages that stands in this very contact's thread: a reference to another's proves nothing. */
export async function findAnswered(
  tx: Tx,
  line: Pick<Line, 'workspaceId' | 'channelId'>,
  contactId: number,
  extIds: readonly string[],
): Promise<number | null> {
  for (const extId of extIds.slice(0, 10)) {
    const seen = await findSeen(tx, line, extId)
    if (seen === undefined) continue
    const owner = await tx
      .selectFrom('contact')
      .select(({ fn }) => fn.coalesce('root_id', 'id').as('id'))
      .where('workspace_id', '=', line.workspaceId)
      .where('id', '=', seen.contactId)
      .executeTakeFirst()
    if (owner?.id === contactId) return seen.messageId
  }
  return null
}

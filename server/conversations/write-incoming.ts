import type { ChannelAdapter, Incoming, Line } from '../channels/adapter.ts'
import { timeOfId } from '../db/clock.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { findSeen, rememberSeen } from './find-seen.ts'
import type { KeptFile } from './keep-files.ts'
import type { LockedState } from './lock-state.ts'
import { recordMessages, type NewMessage } from './record-message.ts'
import { touchChannel, touchContactChannels } from './touch-line.ts'

type IncomingMessage = Extract<Incoming, { type: 'message' }>

/** A message that came in, whose contact is known and locked. */
export interface Arrival {
  readonly state: LockedState
  readonly contactChannel: { readonly id: number; readonly contactId: number }
  readonly item: IncomingMessage
  readonly files: readonly KeptFile[]
}

/**
 * Writes messages of known contacts with all that belongs to them, one for each contact, at the cost of one; an echo stands as
 * outgoing. Answers their ids, in order.
 */
export async function writeIncoming(
  tx: Tx,
  deps: Pick<Deps, 'numbers' | 'clock' | 'jobs'>,
  { line, adapter }: { line: Line; adapter: Pick<ChannelAdapter, 'windowHours'> },
  arrivals: readonly Arrival[],
): Promise<number[]> {
  const { workspaceId, channelId } = line
  const list: { locked: LockedState; message: NewMessage }[] = []
  for (const { state, contactChannel, item } of arrivals) {
    const { sender, echo = false, automatic = false } = item
    const message: NewMessage = {
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
    }
    list.push({ locked: state, message })
  }
  const ids = (await recordMessages(tx, deps, list)).map(({ id }) => id)
  const written = arrivals.map((arrival, at) => ({
    ...arrival,
    messageId: ids[at]!,
    contactId: arrival.contactChannel.contactId,
    extId: arrival.item.extId,
  }))
  await remember(tx, line, written)
  for (const { item, files, ...message } of written) {
    await writeParts(tx, workspaceId, message, item.html, files)
    if (files.some(({ source }) => source !== null))
      await deps.jobs.enqueue(tx, 'fetch-attachments', { workspaceId, messageId: message.messageId })
  }
  for (const column of ['last_in_at', 'last_out_at'] as const) {
    const touched = written.filter(({ item }) => (item.echo === true) === (column === 'last_out_at'))
    if (touched.length === 0) continue
    const touches = touched.map(({ item: { sender, page, sentAt }, contactChannel, messageId }) => {
      const arrivedAt = timeOfId(messageId)
      // a provider that limits the time to answer counts from when it was written, however late we hear of it
      const at = adapter.windowHours === undefined ? arrivedAt : earlier(sentAt, arrivedAt)
      const said = sender.verified === false ? {} : { ...sender, page }
      return { contactChannelId: contactChannel.id, messageId, at, said }
    })
    await touchContactChannels(tx, workspaceId, column, touches)
    await touchChannel(tx, line, column, timeOfId(Math.max(...touched.map(({ messageId }) => messageId))))
  }
  return ids
}

const earlier = (sentAt: Date | null, arrivedAt: Date): Date =>
  sentAt !== null && sentAt < arrivedAt ? sentAt : arrivedAt

/** The guard against doubles; whoever loses here rolls back whole and finds the message known when it tries again. */
export async function remember(tx: Tx, line: Line, messages: Parameters<typeof rememberSeen>[2]): Promise<void> {
  if (!(await rememberSeen(tx, line, messages))) throw new Error('the message is being written elsewhere')
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

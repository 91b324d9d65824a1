import { sql } from 'kysely'
import type { ChannelKind } from '#contract/channel-kind.ts'
import type { Incoming } from '../channels/adapter.ts'
import { timeOfId } from '../db/clock.ts'
import { notify } from '../db/notify.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { countReleased } from '../usage/count-active.ts'
import { findLink, keysOf, rememberKeys } from './find-link.ts'
import { linkContact } from './join-contact.ts'
import type { KeptFile } from './keep-files.ts'
import { lockAddresses } from './lock-address.ts'
import { conversationNotice, lockState, type LockedState } from './lock-state.ts'
import { statusCode } from './next-status.ts'
import { touchContactChannels } from './touch-line.ts'
import { findAnswered, writeParts } from './write-incoming.ts'

type IncomingMessage = Extract<Incoming, { type: 'message' }>

interface Held {
  readonly workspaceId: number
  readonly id: number
  readonly contactId: number
  readonly channelId: number
  /** As `holdMessage` wrote it. */
  readonly incoming: Omit<IncomingMessage, 'sentAt' | 'files'> & { sentAt: string | null; files: KeptFile[] }
}

/**
 * Puts what was held of contacts that are blocked no more into their threads, where it came: its number is its time. Each in
 * a transaction of its own; no conversation opens. What cannot be written is passed over, and tried again when it rings next.
 */
export async function releaseHeld(
  deps: Deps,
  { workspaceId }: { workspaceId: number },
  signal: AbortSignal,
): Promise<void> {
  let after = 0
  let failure: unknown = null
  while (!signal.aborted) {
    const { rows } = await sql<{ id: number; keys: [string, ...string[]]; channelId: number }>`
      select id, channel_id as "channelId", jsonb_build_array(incoming->'sender'->>'addressKey')
        || coalesce(incoming->'sender'->'otherKeys', '[]') as keys
      from held_message where workspace_id = ${workspaceId} and released_at is not null and id > ${after}
      order by id limit 1`.execute(deps.db)
    const next = rows[0]
    if (next === undefined) break
    after = next.id
    try {
      await deps.db.transaction().execute(async (tx) => {
        await lockAddresses(tx, { workspaceId, channelId: next.channelId }, next.keys)
        await release(tx, deps, workspaceId, next.id)
      })
    } catch (error) {
      deps.log.warn({ err: error, heldId: next.id }, 'a held message could not be put into its thread')
      failure = error
    }
  }
  if (failure !== null) throw failure
}

async function release(tx: Tx, deps: Deps, workspaceId: number, id: number): Promise<void> {
  const { rows } = await sql<Held>`
    select workspace_id as "workspaceId", id, contact_id as "contactId", channel_id as "channelId", incoming
    from held_message where workspace_id = ${workspaceId} and id = ${id} and released_at is not null
    for update`.execute(tx)
  const held = rows[0]
  // another process has done it
  if (held === undefined) return
  const state = await lockState(tx, workspaceId, held.contactId)
  const row = sql`workspace_id = ${workspaceId} and id = ${id}`
  // the contact is gone: so are its messages
  if (state === undefined)
    return void (await sql`update held_message set released_at = null, dropped_at = now() where ${row}`.execute(tx))
  await sql`delete from held_message where ${row}`.execute(tx)
  await write(tx, deps, state, held)
  await notify(tx, [{ ...conversationNotice(state, 'message', { messageId: id }), workspaceId }])
}

async function write(tx: Tx, deps: Deps, state: LockedState, held: Held): Promise<void> {
  const { workspaceId, id, contactId, channelId, incoming } = held
  const { echo = false, sender, body, references, extId, html, files, replyToExtIds = [] } = incoming
  const at = timeOfId(id)
  const line = await findLine(tx, workspaceId, channelId)
  const linkId = line === null ? null : await findOrMakeLink(tx, deps, line, state, held)
  await tx
    .insertInto('message')
    .values({
      workspace_id: workspaceId,
      id,
      contact_id: contactId,
      conversation_id: null,
      channel_id: channelId,
      contact_channel_id: linkId,
      incoming: !echo,
      sender_type: echo ? 'echo' : 'contact',
      sender_id: null,
      status: statusCode[echo ? 'sent' : 'received'],
      ext_id: extId,
      verified: sender.verified ?? null,
      reply_to: await findAnswered(tx, { workspaceId, channelId }, state.contactId, replyToExtIds),
      body: JSON.stringify(references?.length ? { ...body, references } : body),
    })
    .execute()
  await writeParts(tx, workspaceId, { messageId: id, contactId }, html, files)
  if (files.some(({ source }) => source !== null))
    await deps.jobs.enqueue(tx, 'fetch-attachments', { workspaceId, messageId: id })
  if (linkId !== null && line !== null) {
    // a provider that limits the time to answer counts from when it was written
    const isTimed = deps.adapters.get(line.settings.kind)?.windowHours !== undefined
    const sentAt = isTimed && incoming.sentAt !== null ? new Date(incoming.sentAt) : at
    const there = { contactChannelId: linkId, messageId: id, at: sentAt < at ? sentAt : at }
    await touchContactChannels(tx, workspaceId, echo ? 'last_out_at' : 'last_in_at', [there])
  }
  const fresh = state.lastMessageId === 0
  await countReleased(tx, workspaceId, { messageId: id, contactId, channelId, incoming: !echo, fresh })
  await moveOn(tx, state, held, linkId, echo)
}

async function findLine(tx: Tx, workspaceId: number, channelId: number) {
  const row = await tx
    .selectFrom('channel')
    .select(['name', 'kind'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', channelId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  return row === undefined
    ? null
    : { workspaceId, channelId, name: row.name, settings: { kind: row.kind as ChannelKind } }
}

/** The contact's link with the address; null where the address has become somebody else's meanwhile. */
async function findOrMakeLink(
  tx: Tx,
  deps: Deps,
  line: NonNullable<Awaited<ReturnType<typeof findLine>>>,
  { contactId: ownerId }: LockedState,
  { contactId, incoming: { sender } }: Held,
): Promise<number | null> {
  const keys = keysOf(sender)
  const known = await findLink(tx, line, keys)
  if (known !== undefined) return known.ownerId === ownerId ? known.id : null
  const actor = { type: 'contact' as const, id: contactId }
  const { id } = await linkContact(tx, deps, line, { contactId, ownerId }, sender, actor)
  await rememberKeys(tx, line, [{ id, keys }])
  return id
}

/** What the contact's row says of its last message, unless something came later. */
async function moveOn(tx: Tx, state: LockedState, held: Held, linkId: number | null, echo: boolean): Promise<void> {
  const isLast = held.id > state.lastMessageId
  const isLastIn = !echo && held.id > state.lastInId
  if (!isLast && !isLastIn) return
  await tx
    .updateTable('contact_state')
    .set({
      ...(isLast
        ? { last_message_at: timeOfId(held.id), last_message_id: held.id, last_channel_id: held.channelId }
        : {}),
      ...(isLastIn ? { last_in_id: held.id, ...(linkId === null ? {} : { last_in_contact_channel_id: linkId }) } : {}),
    })
    .where('workspace_id', '=', state.workspaceId)
    .where('contact_id', '=', state.contactId)
    .execute()
}

import { sql } from 'kysely'
import type { MessageBody } from '#contract/conversations.ts'
import type { ActivityActor } from '../activity/record-activity.ts'
import { timeOfId } from '../db/message-clock.ts'
import { workflowBell } from '../db/notify.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { countActive } from '../usage/count-active.ts'
import type { LockedState } from './lock-state.ts'
import { statusOfState } from './lock-state.ts'
import { statusCode } from './next-status.ts'
import { openEpisode } from './open-episode.ts'
import { wakeState } from './wake-state.ts'

/** A message to be written down, in or out; notes go their own way. */
export interface NewMessage {
  readonly contactChannel: { readonly id: number; readonly contactId: number }
  readonly channelId: number
  readonly sender: {
    readonly type: 'contact' | 'member' | 'api' | 'echo' | 'workflow'
    readonly id: number | null
    /** Of a workflow: see `ActivityActor`. */
    readonly depth?: number
  }
  /** Of a contact: no person wrote it just now. It sets nothing off and answers nothing. */
  readonly automatic?: boolean
  readonly status: 'received' | 'queued' | 'sent'
  readonly body: MessageBody & Readonly<Record<string, unknown>>
  readonly extId: string | null
  readonly verified: boolean | null
  readonly replyTo: number | null
}

const actorOf = (sender: NewMessage['sender'], contactId: number): ActivityActor => {
  if (sender.type === 'contact') return { type: 'contact', id: contactId }
  const { type, id, depth } = sender
  if (type === 'echo') return { type: 'system', id: null }
  return depth === undefined ? { type, id } : { type, id, depth }
}

/**
 * Writes a message and what follows from it for the contact's exchange: a closed one opens anew, a snoozed one wakes when
 * the contact writes, counts and times move on, and the contact is active in this billing cycle. Answers the message's id, later than everything before it in the thread.
 */
export async function recordMessage(
  tx: Tx,
  deps: Pick<Deps, 'numbers' | 'clock'>,
  locked: LockedState,
  message: NewMessage,
): Promise<{ id: number; state: LockedState }> {
  const { workspaceId, contactId } = locked
  const incoming = message.sender.type === 'contact'
  const state = await readyFor(tx, deps, locked, message)
  const id = deps.clock.next(state.lastMessageId)
  const at = timeOfId(id)
  await tx
    .insertInto('message')
    .values({
      workspace_id: workspaceId,
      id,
      contact_id: message.contactChannel.contactId,
      conversation_id: state.conversationId,
      channel_id: message.channelId,
      contact_channel_id: message.contactChannel.id,
      incoming,
      sender_type: message.sender.type,
      sender_id: message.sender.id,
      status: statusCode[message.status],
      ext_id: message.extId,
      verified: message.verified,
      reply_to: message.replyTo,
      body: JSON.stringify(message.body),
    })
    .execute()
  await (incoming && message.automatic !== true ? tx.with('answered', () => answering(state, id)) : tx)
    .updateTable('contact_state')
    .set({
      last_message_at: at,
      last_message_id: id,
      last_channel_id: message.channelId,
      ...(incoming ? { last_in_id: id, last_in_contact_channel_id: message.contactChannel.id } : {}),
    })
    .where('workspace_id', '=', workspaceId)
    .where('contact_id', '=', contactId)
    .execute()
  await tx
    .updateTable('conversation')
    .set(
      incoming
        ? { incoming: sql`incoming + 1`, first_in_id: sql`coalesce(first_in_id, ${id})` }
        : {
            outgoing: sql`outgoing + 1`,
            first_response_at: sql`case when first_in_id is null then first_response_at else coalesce(first_response_at, ${at}) end`,
          },
    )
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', state.conversationId)
    .execute()
  const { contactId: bornOn } = message.contactChannel
  const fresh = locked.lastMessageId === 0
  await countActive(tx, workspaceId, {
    messageId: id,
    contactId: bornOn,
    channelId: message.channelId,
    incoming,
    fresh,
  })
  return { id, state: { ...state, lastMessageId: id, ...(incoming ? { lastInId: id } : {}) } }
}

/** What a contact writes may be the answer that a workflow waits for: of several the one begun last. It is looked at right away. */
const answering = ({ workspaceId, contactId }: LockedState, messageId: number) => sql<{ rung: unknown }>`(
  update workflow_run set answer_id = ${messageId}, wake_at = now()
  where workspace_id = ${workspaceId} and id = (select max(asking.id) from workflow_run asking
    where asking.workspace_id = ${workspaceId} and asking.contact_id = ${contactId} and asking.ended_at is null
      and asking.state = 'asking' and asking.answer_id is null)
  returning pg_notify(${workflowBell}, '') as rung)`

async function readyFor(
  tx: Tx,
  deps: Pick<Deps, 'numbers' | 'clock'>,
  state: LockedState,
  { sender, channelId, contactChannel, automatic = false }: NewMessage,
): Promise<LockedState> {
  const actor = actorOf(sender, state.contactId)
  if (state.status === statusOfState.snoozed && sender.type === 'contact')
    return wakeState(tx, deps, state, { actor, cause: 'message' })
  if (state.conversationId !== null) return state
  const bornOn = contactChannel.contactId
  return openEpisode(tx, deps, state, { source: sender.type, actor, channelId, at: new Date(), bornOn, automatic })
}

import { sql } from 'kysely'
import type { MessageBody } from '#contract/conversations.ts'
import type { ActivityActor } from '../activity/record-activity.ts'
import { timeOfId } from '../db/clock.ts'
import { workflowBell } from '../db/notify.ts'
import { preparedFor } from '../db/prepared.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { countActive } from '../usage/count-active.ts'
import type { LockedState } from './lock-state.ts'
import { statusOfState } from './lock-state.ts'
import { statusCode } from './next-status.ts'
import { openEpisodes } from './open-episode.ts'
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

interface Recorded {
  readonly id: number
  readonly state: LockedState
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
): Promise<Recorded> {
  const [recorded] = await recordMessages(tx, deps, [{ locked, message }])
  return recorded!
}

/** The same for several contacts of a workspace, one message each, at the cost of one; in their order. */
export async function recordMessages(
  tx: Tx,
  deps: Pick<Deps, 'numbers' | 'clock'>,
  list: readonly { readonly locked: LockedState; readonly message: NewMessage }[],
): Promise<Recorded[]> {
  if (list.length === 0) return []
  const { workspaceId } = list[0]!.locked
  const ready = await readyFor(tx, deps, list)
  const lines = list.map(({ locked, message }, index) => {
    const state = ready[index]!
    const id = deps.clock.next(state.lastMessageId)
    return { ...message, id, state, fresh: locked.lastMessageId === 0, incoming: message.sender.type === 'contact' }
  })
  await sql`${preparedFor(lines.length)}
    with line as (
      select * from unnest(${lines.map(({ id }) => id)}::bigint[], ${lines.map(({ id }) => timeOfId(id).toISOString())}::timestamptz[],
        ${lines.map(({ state }) => state.contactId)}::bigint[], ${lines.map(({ contactChannel }) => contactChannel.contactId)}::bigint[],
        ${lines.map(({ state }) => state.conversationId)}::bigint[], ${lines.map(({ channelId }) => channelId)}::bigint[],
        ${lines.map(({ contactChannel }) => contactChannel.id)}::bigint[], ${lines.map(({ incoming }) => incoming)}::boolean[],
        ${lines.map(({ sender }) => sender.type)}::text[], ${lines.map(({ sender }) => sender.id)}::bigint[],
        ${lines.map(({ status }) => statusCode[status])}::smallint[], ${lines.map(({ extId }) => extId)}::text[],
        ${lines.map(({ verified }) => verified)}::boolean[], ${lines.map(({ replyTo }) => replyTo)}::bigint[],
        ${lines.map(({ body }) => JSON.stringify(body))}::jsonb[], ${lines.map(({ automatic = false }) => !automatic)}::boolean[])
        line (id, at, contact_id, born_on, conversation_id, channel_id, contact_channel_id, incoming, sender_type, sender_id, status,
          ext_id, verified, reply_to, body, answers)
    ), written as (
      insert into message (workspace_id, id, contact_id, conversation_id, channel_id, contact_channel_id, incoming, sender_type,
        sender_id, status, ext_id, verified, reply_to, body)
      select ${workspaceId}::bigint, id, born_on, conversation_id, channel_id, contact_channel_id, incoming, sender_type, sender_id,
        status, ext_id, verified, reply_to, body
      from line
    ), moved as (
      update contact_state s set last_message_at = line.at, last_message_id = line.id, last_channel_id = line.channel_id,
        last_in_id = case when line.incoming then line.id else s.last_in_id end,
        last_in_contact_channel_id = case when line.incoming then line.contact_channel_id else s.last_in_contact_channel_id end
      from line where s.workspace_id = ${workspaceId}::bigint and s.contact_id = line.contact_id
    ), counted as (
      update conversation c set
        incoming = c.incoming + case when line.incoming then 1 else 0 end,
        outgoing = c.outgoing + case when line.incoming then 0 else 1 end,
        first_in_id = case when line.incoming then coalesce(c.first_in_id, line.id) else c.first_in_id end,
        first_response_at = case when line.incoming or c.first_in_id is null then c.first_response_at
          else coalesce(c.first_response_at, line.at) end
      from line where c.workspace_id = ${workspaceId}::bigint and c.id = line.conversation_id
    ), answered as (
      -- what a contact writes may be the answer that a workflow waits for: of several the one begun last. It is looked at right away
      update workflow_run run set answer_id = line.id, wake_at = now()
      from line where line.incoming and line.answers and run.workspace_id = ${workspaceId}::bigint
        and run.id = (select max(asking.id) from workflow_run asking
          where asking.workspace_id = ${workspaceId}::bigint and asking.contact_id = line.contact_id and asking.ended_at is null
            and asking.state = 'asking' and asking.answer_id is null)
      returning 1
    )
    select pg_notify(${workflowBell}, '') from (select from answered limit 1) rings`.execute(tx)
  await countActive(
    tx,
    workspaceId,
    lines.map(({ id, contactChannel, channelId, incoming, fresh }) => ({
      messageId: id,
      contactId: contactChannel.contactId,
      channelId,
      incoming,
      fresh,
    })),
  )
  return lines.map(({ id, incoming, state }) => ({
    id,
    state: { ...state, lastMessageId: id, ...(incoming ? { lastInId: id } : {}) },
  }))
}

/** The states in which the messages may be written: open where they were closed, awake where the contact wrote. */
async function readyFor(
  tx: Tx,
  deps: Pick<Deps, 'numbers' | 'clock'>,
  list: readonly { readonly locked: LockedState; readonly message: NewMessage }[],
): Promise<LockedState[]> {
  const states = list.map(({ locked }) => locked)
  const closed: number[] = []
  for (const [at, { locked, message }] of list.entries()) {
    const actor = actorOf(message.sender, locked.contactId)
    if (locked.status === statusOfState.snoozed && message.sender.type === 'contact')
      states[at] = await wakeState(tx, deps, locked, { actor, cause: 'message' })
    else if (locked.conversationId === null) closed.push(at)
  }
  const opened = await openEpisodes(
    tx,
    deps,
    closed.map((at) => {
      const { locked: state, message } = list[at]!
      const { sender, channelId, contactChannel, automatic = false } = message
      const actor = actorOf(sender, state.contactId)
      const bornOn = contactChannel.contactId
      return { state, source: sender.type, actor, channelId, at: deps.clock.now(), bornOn, automatic }
    }),
  )
  for (const [index, at] of closed.entries()) states[at] = opened[index]!
  return states
}

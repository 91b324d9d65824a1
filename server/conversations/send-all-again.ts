import { sql } from 'kysely'
import { requireChannel } from '../channels/require-channel.ts'
import { readCursor, writeCursor } from '../db/page-cursor.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { holdResendable, queueAgain, type Resendable } from './hold-resendable.ts'
import { undeliveredOf } from './list-undelivered.ts'
import { conversationNotice, lockStates } from './lock-state.ts'
import { statusCode } from './next-status.ts'
import type { ParsedInput } from './parsed-input.ts'

/** Messages a call: their contacts are locked for that long. */
const step = 200

/** Browsers that are told of more contacts at once ask for everything anyway. */
const mostTold = 50

/**
 * One new attempt for what failed, oldest first, on one line or all, a batch a call: `next` goes on. What may have been sent
 * is left to a person to decide, one by one. What cannot be sent now stays as it is and is counted by its reason.
 */
export async function sendAllAgain(
  { tx, deps, actor, now, live, enqueue }: WriteContext,
  { channelId = null, cursor }: ParsedInput<'sendAllAgain'>,
): Promise<{ queued: number; left: { reason: string; count: number }[]; next: string | null }> {
  const { workspaceId } = actor
  if (channelId !== null) await requireChannel(tx, workspaceId, channelId)
  const list = JSON.stringify(['send-all-again', workspaceId, channelId])
  const after = Number(readCursor(list, cursor)?.[0] ?? 0)
  const { rows } = await sql<{ messageId: number; ownerId: number }>`
    select d.message_id as "messageId", link.owner_id as "ownerId" from delivery d
    join contact_channel link on link.workspace_id = d.workspace_id and link.id = d.contact_channel_id
    where ${undeliveredOf(workspaceId, channelId, 'failed')} and d.message_id > ${after}
    order by d.message_id limit ${step}`.execute(tx)
  const states = await lockStates(tx, workspaceId, [...new Set(rows.map(({ ownerId }) => ownerId))])
  const ids = rows.map(({ messageId }) => messageId)
  const held = (await holdResendable(tx, deps, workspaceId, ids, now)).filter(
    // somebody else was quicker, or it is another contact's since
    ({ status, ownerId }) => status === statusCode.failed && states.has(ownerId),
  )
  const able = held.filter(({ refusal }) => refusal === null)
  await queueAgain(
    tx,
    workspaceId,
    able.map(({ messageId }) => messageId),
    now,
  )
  for (const ownerId of [...new Set(able.map((one) => one.ownerId))].slice(0, mostTold))
    live(conversationNotice(states.get(ownerId)!, 'status', { memberId: actor.memberId }))
  for (const one of new Set(able.map((message) => message.channelId)))
    await enqueue('deliver-messages', { workspaceId, channelId: one })
  return {
    queued: able.length,
    left: countReasons(held),
    next: rows.length < step ? null : writeCursor(list, [String(rows.at(-1)!.messageId)]),
  }
}

function countReasons(held: readonly Resendable[]): { reason: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const { refusal } of held) if (refusal !== null) counts.set(refusal, (counts.get(refusal) ?? 0) + 1)
  return [...counts].map(([reason, count]) => ({ reason, count }))
}

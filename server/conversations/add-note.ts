import type { Message } from '#contract/conversations.ts'
import type { Role, Restriction } from '#contract/policy.ts'
import { sees } from '#contract/policy.ts'
import type { Tx, WriteContext } from '../http/endpoint.ts'
import { refuse } from '../http/fail.ts'
import { notifyMembers } from '../notifications/notify-members.ts'
import { loadMessage } from './load-messages.ts'
import { conversationNotice, lockVisibleState, type LockedState } from './lock-state.ts'
import { statusCode } from './next-status.ts'
import type { ParsedInput } from './parsed-input.ts'

/** Writes an internal note into the thread. It is no message: the contact's times, counts and status stay as they are. */
export async function addNote(
  { tx, deps, actor, live }: WriteContext,
  input: ParsedInput<'addNote'>,
): Promise<Message> {
  const state = await lockVisibleState(tx, actor, input.contactId)
  const mentions = [...new Set(input.mentions)]
  await refuseBlindMentions(tx, state, mentions)
  const id = deps.clock.next(state.lastMessageId)
  await tx
    .insertInto('message')
    .values({
      workspace_id: actor.workspaceId,
      id,
      contact_id: state.contactId,
      conversation_id: state.conversationId,
      incoming: false,
      note: true,
      sender_type: actor.via,
      sender_id: actor.memberId,
      status: statusCode.sent,
      body: JSON.stringify({ type: 'note', text: input.text, mentions }),
    })
    .execute()
  const news = { workspaceId: actor.workspaceId, contactId: state.contactId, kind: 'mention' } as const
  const memberIds = mentions.filter((memberId) => memberId !== actor.memberId)
  for (const notice of await notifyMembers(tx, deps, { ...news, memberIds, actorId: actor.memberId, messageId: id }))
    live(notice)
  live(conversationNotice(state, 'note', { messageId: id, memberId: actor.memberId }))
  return loadMessage(tx, actor.workspaceId, id)
}

/** A mention calls somebody here: whoever does not see the contact, or is not of this workspace, cannot be called. */
async function refuseBlindMentions(tx: Tx, state: LockedState, mentions: readonly number[]): Promise<void> {
  if (mentions.length === 0) return
  const members = await tx
    .selectFrom('member')
    .select(['id', 'role', 'restrictions', 'team_id'])
    .where('workspace_id', '=', state.workspaceId)
    .where('id', 'in', mentions)
    .where('removed_at', 'is', null)
    .execute()
  const seeing = members.filter((member) =>
    sees(
      {
        memberId: member.id,
        role: member.role as Role,
        restrictions: member.restrictions as Restriction[],
        teamId: member.team_id,
      },
      state,
    ),
  )
  if (seeing.length < mentions.length) refuse('mentions', 'cannot-see', 'Mention only members who see this contact.')
}

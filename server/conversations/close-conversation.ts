import { recordActivity } from '../activity/record-activity.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { activityActor } from './actor-of.ts'
import { conversationNotice, lockVisibleState, statusOfState } from './lock-state.ts'
import type { ParsedInput } from './parsed-input.ts'

/** Ends the open episode with its closing note. Closing what is closed changes nothing: two people may press at once. */
export async function closeConversation(
  { tx, deps, actor, now, live }: WriteContext,
  input: ParsedInput<'close'>,
): Promise<Record<string, never>> {
  const state = await lockVisibleState(tx, actor, input.contactId)
  if (state.status === statusOfState.none) return fail('CONFLICT', { reason: 'no-conversation' })
  if (state.status === statusOfState.closed || state.conversationId === null) return {}
  const category = input.category?.trim() || null
  const summary = input.summary?.trim() || null
  await tx
    .updateTable('conversation')
    .set({ closed_at: now, closed_source: actor.via, closed_by: actor.memberId, category, summary })
    .where('workspace_id', '=', state.workspaceId)
    .where('owner_id', '=', state.contactId)
    // those that only a merge has ended, in favour of this one, have come to their end with it
    .where((eb) => eb.or([eb('closed_at', 'is', null), eb('closed_source', '=', 'merge')]))
    .execute()
  await tx
    .updateTable('contact_state')
    .set({ status: statusOfState.closed, snoozed_until: null, conversation_id: null })
    .where('workspace_id', '=', state.workspaceId)
    .where('contact_id', '=', state.contactId)
    .execute()
  await recordActivity(tx, deps.clock, state.workspaceId, [
    {
      contactId: state.contactId,
      kind: 'closed',
      actor: activityActor(actor),
      data: { conversationId: state.conversationId, category, summary },
    },
  ])
  live(conversationNotice(state, 'closed', { memberId: actor.memberId }))
  return {}
}

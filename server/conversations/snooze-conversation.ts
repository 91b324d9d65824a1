import { recordActivity } from '../activity/record-activity.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail, refuse } from '../http/fail.ts'
import { activityActor } from './actor-of.ts'
import { conversationNotice, lockVisibleState, statusOfState } from './lock-state.ts'
import type { ParsedInput } from './parsed-input.ts'

const longestMs = 366 * 24 * 3600 * 1000

/** Puts an open conversation aside until a time, or until the contact writes. Snoozing again moves the time. */
export async function snoozeConversation(
  { tx, deps, actor, now, live }: WriteContext,
  input: ParsedInput<'snooze'>,
): Promise<Record<string, never>> {
  const until = new Date(input.until)
  if (until <= now) return refuse('until', 'past', 'Choose a time to come.')
  if (until.getTime() - now.getTime() > longestMs) return refuse('until', 'too-far', 'Choose a time within a year.')
  const state = await lockVisibleState(tx, actor, input.contactId)
  if (state.conversationId === null) return fail('CONFLICT', { reason: 'not-open' })
  await tx
    .updateTable('contact_state')
    .set({ status: statusOfState.snoozed, snoozed_until: until })
    .where('workspace_id', '=', state.workspaceId)
    .where('contact_id', '=', state.contactId)
    .execute()
  await recordActivity(tx, deps.clock, state.workspaceId, [
    {
      contactId: state.contactId,
      kind: 'snoozed',
      actor: activityActor(actor),
      data: { from: state.snoozedUntil?.toISOString() ?? null, until: until.toISOString() },
    },
  ])
  live(conversationNotice(state, 'snoozed', { memberId: actor.memberId }))
  return {}
}

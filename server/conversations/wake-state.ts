import type { ActivityActor } from '../activity/record-activity.ts'
import { recordActivity } from '../activity/record-activity.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { type LockedState, statusOfState } from './lock-state.ts'

/** Ends a snooze: the same episode goes on, open. */
export async function wakeState(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  state: LockedState,
  waking: { actor: ActivityActor; cause: 'time' | 'message' | 'member' | 'workflow' },
): Promise<LockedState> {
  await tx
    .updateTable('contact_state')
    .set({ status: statusOfState.open, snoozed_until: null })
    .where('workspace_id', '=', state.workspaceId)
    .where('contact_id', '=', state.contactId)
    .execute()
  await recordActivity(tx, deps.clock, state.workspaceId, [
    { contactId: state.contactId, kind: 'unsnoozed', actor: waking.actor, data: { cause: waking.cause } },
  ])
  return { ...state, status: statusOfState.open, snoozedUntil: null }
}

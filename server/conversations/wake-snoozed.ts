import { notify } from '../db/notify.ts'
import type { Deps } from '../deps.ts'
import { conversationNotice, lockState, statusOfState } from './lock-state.ts'
import { wakeState } from './wake-state.ts'

const batch = 500

/** Opens every conversation whose snooze has ended. Each is looked at again under its lock: it may be closed by now. */
export async function wakeSnoozed(deps: Pick<Deps, 'db' | 'clock'>, now: Date, signal: AbortSignal): Promise<void> {
  for (;;) {
    const due = await deps.db
      .selectFrom('contact_state')
      .select(['workspace_id', 'contact_id'])
      .where('snoozed_until', '<=', now)
      .where('live', '=', true)
      .orderBy('snoozed_until')
      .limit(batch)
      .execute()
    let woken = 0
    for (const { workspace_id, contact_id } of due) {
      if (signal.aborted) return
      if (await wakeOne(deps, now, workspace_id, contact_id)) woken++
    }
    if (due.length < batch || woken === 0) return
  }
}

async function wakeOne(
  deps: Pick<Deps, 'db' | 'clock'>,
  now: Date,
  workspaceId: number,
  contactId: number,
): Promise<boolean> {
  return deps.db.transaction().execute(async (tx) => {
    const state = await lockState(tx, workspaceId, contactId)
    if (state?.status !== statusOfState.snoozed || state.snoozedUntil === null || state.snoozedUntil > now) return false
    await wakeState(tx, deps, state, { actor: { type: 'system', id: null }, cause: 'time' })
    await notify(tx, [{ ...conversationNotice(state, 'opened'), workspaceId }])
    return true
  })
}

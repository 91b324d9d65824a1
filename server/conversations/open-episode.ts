import type { ActivityActor } from '../activity/record-activity.ts'
import { recordActivity } from '../activity/record-activity.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { type LockedState, statusOfState } from './lock-state.ts'

/** Who or what opened it, as the record and the outside world name it. */
export type OpenedSource = 'contact' | 'member' | 'api' | 'echo' | 'workflow'

/**
 * Begins a new episode for a contact that has none open, and writes so in its history. `bornOn`: the contact whose link
 * opened it, where that is one the contact has absorbed. `automatic`: by what no person wrote just now, which sets nothing off.
 */
export async function openEpisode(
  tx: Tx,
  deps: Pick<Deps, 'numbers' | 'clock'>,
  state: LockedState,
  opening: {
    source: OpenedSource
    actor: ActivityActor
    channelId: number | null
    at: Date
    bornOn?: number
    automatic?: boolean
  },
): Promise<LockedState> {
  const { workspaceId, contactId } = state
  const { bornOn = contactId, automatic = false } = opening
  const id = await deps.numbers.next(workspaceId, 'conversation')
  await tx
    .insertInto('conversation')
    .values({
      workspace_id: workspaceId,
      id,
      contact_id: bornOn,
      owner_id: contactId,
      channel_id: opening.channelId,
      opened_at: opening.at,
      opened_source: opening.source,
      opened_by: opening.actor.id,
      assignee_id: state.assigneeId,
    })
    .execute()
  await tx
    .updateTable('contact_state')
    .set({ status: statusOfState.open, snoozed_until: null, conversation_id: id })
    .where('workspace_id', '=', workspaceId)
    .where('contact_id', '=', contactId)
    .execute()
  await recordActivity(tx, deps.clock, workspaceId, [
    {
      contactId: bornOn,
      kind: 'opened',
      actor: opening.actor,
      data: { conversationId: id, source: opening.source },
      automatic,
    },
  ])
  return { ...state, status: statusOfState.open, snoozedUntil: null, conversationId: id }
}

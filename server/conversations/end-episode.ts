import type { ActivityActor } from '../activity/record-activity.ts'
import { recordActivity } from '../activity/record-activity.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { type LockedState, statusOfState } from './lock-state.ts'

interface Ending {
  readonly source: 'member' | 'api' | 'workflow'
  readonly by: ActivityActor
  readonly at: Date
  readonly category: string | null
  readonly summary: string | null
}

/** Ends the open episode of a contact, if there is one, and writes so in its history. Answers whether there was one. */
export async function endEpisode(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  { workspaceId, contactId, status, conversationId }: LockedState,
  { source, by, at, category, summary }: Ending,
): Promise<boolean> {
  if (status === statusOfState.closed || conversationId === null) return false
  await tx
    .updateTable('conversation')
    .set({ closed_at: at, closed_source: source, closed_by: by.id, category, summary })
    .where('workspace_id', '=', workspaceId)
    .where('owner_id', '=', contactId)
    // those that only a merge has ended, in favour of this one, have come to their end with it
    .where((eb) => eb.or([eb('closed_at', 'is', null), eb('closed_source', '=', 'merge')]))
    .execute()
  await tx
    .updateTable('contact_state')
    .set({ status: statusOfState.closed, snoozed_until: null, conversation_id: null })
    .where('workspace_id', '=', workspaceId)
    .where('contact_id', '=', contactId)
    .execute()
  await recordActivity(tx, deps.clock, workspaceId, [
    { contactId, kind: 'closed', actor: by, data: { conversationId, category, summary } },
  ])
  return true
}

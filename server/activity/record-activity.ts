import type { ActivityEvent } from '#contract/activity.ts'
import type { Tx } from '../http/endpoint.ts'

/** Who did it. `system` = nobody in particular: a snooze that ended, a channel's own notice. */
export interface ActivityActor {
  readonly type: 'member' | 'api' | 'contact' | 'system' | 'import' | 'workflow'
  readonly id: number | null
}

/** What happened, in the shape in which it will be read: names as they are now, from → to. */
type Happening<Event extends ActivityEvent> = Event extends ActivityEvent ? Pick<Event, 'kind' | 'data'> : never

export type ActivityEntry = Happening<ActivityEvent> & {
  readonly contactId: number
  readonly actor: ActivityActor
}

/** Writes what happened to contacts beside the change itself, in the same transaction. Answers the entries' ids (µs). */
export async function recordActivity(
  tx: Tx,
  clock: { next(after?: number): number },
  workspaceId: number,
  entries: readonly ActivityEntry[],
): Promise<number[]> {
  if (entries.length === 0) return []
  const rows = entries.map((entry) => ({
    workspace_id: workspaceId,
    id: clock.next(),
    contact_id: entry.contactId,
    kind: entry.kind,
    actor_type: entry.actor.type,
    actor_id: entry.actor.id,
    data: JSON.stringify(entry.data),
  }))
  await tx.insertInto('activity').values(rows).execute()
  return rows.map((row) => row.id)
}

import { sql } from 'kysely'
import type { ActivityEvent } from '#contract/activity.ts'
import { preparedFor } from '../db/prepared.ts'
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
  const ids = entries.map(() => clock.next())
  await sql`${preparedFor(entries.length)}
    insert into activity (workspace_id, id, contact_id, kind, actor_type, actor_id, data)
    select ${workspaceId}, entry.id, contact_id, kind, actor_type, actor_id, data
    from unnest(${ids}::bigint[], ${entries.map(({ contactId }) => contactId)}::bigint[],
      ${entries.map(({ kind }) => kind)}::text[], ${entries.map(({ actor }) => actor.type)}::text[],
      ${entries.map(({ actor }) => actor.id)}::bigint[], ${entries.map(({ data }) => JSON.stringify(data))}::jsonb[])
      entry (id, contact_id, kind, actor_type, actor_id, data)`.execute(tx)
  return ids
}

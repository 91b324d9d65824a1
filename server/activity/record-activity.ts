import { sql } from 'kysely'
import type { ActivityEvent } from '#contract/activity.ts'
import type { Clock } from '../db/clock.ts'
import { workflowBell } from '../db/notify.ts'
import { preparedFor } from '../db/prepared.ts'
import type { Tx } from '../http/endpoint.ts'

/** Who did it. `system` = nobody in particular: a snooze that ended, a channel's own notice. */
export interface ActivityActor {
  readonly type: 'member' | 'api' | 'contact' | 'system' | 'import' | 'workflow'
  readonly id: number | null
  /** Of a workflow's doing: how many workflows have set one another off until then. */
  readonly depth?: number
}

/** What happened, in the shape in which it will be read: names as they are now, from → to. */
type Happening<Event extends ActivityEvent> = Event extends ActivityEvent ? Pick<Event, 'kind' | 'data'> : never

export type ActivityEntry = Happening<ActivityEvent> & {
  readonly contactId: number
  readonly actor: ActivityActor
  /** Set off by what no person did just now, such as an automatic reply: it sets off nothing itself. */
  readonly automatic?: boolean
}

/**
 * Writes what happened to contacts beside the change itself, in the same transaction. What a published workflow hears of is
 * written down for it too, in the same statement: where there is none, nothing more is written. Answers the entries' ids (µs).
 */
export async function recordActivity(
  tx: Tx,
  clock: Pick<Clock, 'next'>,
  workspaceId: number,
  entries: readonly ActivityEntry[],
): Promise<number[]> {
  if (entries.length === 0) return []
  const ids = entries.map(() => clock.next())
  await sql`${preparedFor(entries.length)}
    with entry as (
      select * from unnest(${ids}::bigint[], ${entries.map(({ contactId }) => contactId)}::bigint[],
        ${entries.map(({ kind }) => kind)}::text[], ${entries.map(({ actor }) => actor.type)}::text[],
        ${entries.map(({ actor }) => actor.id)}::bigint[], ${entries.map(({ data }) => JSON.stringify(data))}::jsonb[],
        ${entries.map(({ automatic = false }) => !automatic)}::boolean[], ${entries.map(subjectOf)}::text[],
        ${entries.map(({ actor }) => actor.depth ?? 0)}::smallint[])
        entry (id, contact_id, kind, actor_type, actor_id, data, tells, subject, depth)
    ), written as (
      insert into activity (workspace_id, id, contact_id, kind, actor_type, actor_id, data)
      select ${workspaceId}::bigint, id, contact_id, kind, actor_type, actor_id, data from entry
    ), caught as (
      insert into workflow_event (workspace_id, id, contact_id, depth)
      select ${workspaceId}::bigint, id, contact_id, depth from entry
      where tells and exists (
        select from workflow_trigger hears where hears.workspace_id = ${workspaceId}::bigint and hears.kind = entry.kind
          and (hears.subjects is null or entry.subject = any(hears.subjects) or hears.subjects && (
            case when entry.kind in ('tagAdded', 'tagRemoved') then array(select same.id::text from tag same
              where same.workspace_id = hears.workspace_id and same.merged_into = entry.subject::bigint) end)))
      returning 1
    )
    select pg_notify(${workflowBell}, '') from (select from caught limit 1) rings`.execute(tx)
  return ids
}

/** What of its kind it is about: the tag, the field. */
function subjectOf(entry: ActivityEntry): string | null {
  if (entry.kind === 'fieldChanged') return entry.data.field
  return entry.kind === 'tagAdded' || entry.kind === 'tagRemoved' ? String(entry.data.tagId) : null
}

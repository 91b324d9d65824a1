import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Deps } from '../deps.ts'

/** Days that a run which has ended is kept with what happened at its steps. */
export const daysKept = 90

/** Runs a step: locks are held for milliseconds, and others get their turn in between. */
const step = 500

/**
 * Takes away runs that ended over 90 days ago, with their steps, and adds them to the totals of their workflow in the same statement: each
 * is counted once, however often this is begun anew. Contacts that are just being deleted take theirs along.
 */
export async function clearRuns({ db }: Pick<Deps, 'db'>, now: Date, signal: AbortSignal): Promise<void> {
  const before = new Date(now.getTime() - daysKept * 24 * 3600 * 1000)
  while (!signal.aborted) {
    const { rows } = await sql<{ runs: number }>`
      with old as materialized (
        select r.workspace_id, r.id, r.workflow_id, r.contact_id, r.started_at, coalesce(r.end_reason, 'finished') as reason
        from workflow_run r
        join contact_state s on s.workspace_id = r.workspace_id and s.contact_id = r.contact_id
        where r.ended_at < ${before} order by r.ended_at limit ${step} for key share of s skip locked
      ), steps as (
        delete from workflow_run_step t using old
        where t.workspace_id = old.workspace_id and t.contact_id = old.contact_id and t.run_id = old.id
      ), gone as (
        delete from workflow_run r using old where r.workspace_id = old.workspace_id and r.id = old.id
        returning old.workspace_id, old.workflow_id, old.reason, old.started_at
      ), counted as (
        insert into workflow_total (workspace_id, workflow_id, end_reason, runs, last_started_at)
        select workspace_id, workflow_id, reason, count(*), max(started_at) from gone group by 1, 2, 3 order by 1, 2, 3
        on conflict (workspace_id, workflow_id, end_reason) do update set runs = workflow_total.runs + excluded.runs,
          last_started_at = greatest(workflow_total.last_started_at, excluded.last_started_at)
      )
      select count(*)::int as runs from gone`.execute(db)
    if (rows[0]!.runs < step) return
    await pause(50)
  }
}

import { sql, type RawBuilder } from 'kysely'
import type { RunEnd } from '#contract/workflow-words.ts'
import { recordActivity, type ActivityActor } from '../activity/record-activity.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'

interface Ending {
  readonly workspaceId: number
  readonly end: RunEnd
  readonly by: ActivityActor
  /** A condition on `workflow_run r`; of those that have not ended. */
  readonly which: RawBuilder<boolean>
  /** At most so many. */
  readonly limit?: number
}

interface EndedRun {
  readonly runId: number
  readonly workflowId: number
  readonly contactId: number
  /** The workflow's. */
  readonly name: string
}

/**
 * Ends runs where they are and writes so in the contacts' history. Whoever ends a contact's runs for something that happens to the
 * contact holds its lock. Answers which ended.
 */
export async function endRuns(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  { workspaceId, end, by, which, limit = 100_000 }: Ending,
): Promise<EndedRun[]> {
  const { rows } = await sql<{ run_id: number; workflow_id: number; contact_id: number; name: string }>`
    with ended as (
      update workflow_run set ended_at = now(), end_reason = ${end}, ended_by = ${by.type === 'workflow' ? null : by.id}::bigint
      where workspace_id = ${workspaceId} and id in (
        select r.id from workflow_run r where r.workspace_id = ${workspaceId} and r.ended_at is null and ${which}
        order by r.id limit ${limit})
      returning id, workflow_id, contact_id
    ), left_open as (
      update workflow_run_step s set ended_at = now(), reason = ${end},
        outcome = case s.kind when 'http' then 'unknown' else 'skipped' end
      from ended where s.workspace_id = ${workspaceId} and s.contact_id = ended.contact_id and s.run_id = ended.id
        and s.outcome = 'waiting'
    )
    select ended.id as run_id, ended.workflow_id, ended.contact_id, w.name
    from ended join workflow w on w.workspace_id = ${workspaceId} and w.id = ended.workflow_id`.execute(tx)
  await recordActivity(
    tx,
    deps.clock,
    workspaceId,
    rows.map(({ contact_id: contactId, workflow_id: workflowId, run_id: runId, name }) => ({
      contactId,
      kind: 'workflowEnded',
      actor: by,
      data: { workflowId, runId, name, end },
    })),
  )
  return rows.map(({ run_id, workflow_id, contact_id, name }) => ({
    runId: run_id,
    workflowId: workflow_id,
    contactId: contact_id,
    name,
  }))
}

/** Ends all runs of these contacts; their locks are held. */
export const endRunsOf = (
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  workspaceId: number,
  contactIds: readonly number[],
  end: RunEnd,
  by: ActivityActor,
): Promise<EndedRun[]> =>
  endRuns(tx, deps, { workspaceId, end, by, which: sql`r.contact_id = any(${contactIds}::bigint[])` })

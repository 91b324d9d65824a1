import { sql, type RawBuilder } from 'kysely'
import type { RunEnd, TriggerKind } from '#contract/workflow-words.ts'
import type { Definition, Run } from '#contract/workflows.ts'
import { everyStep } from '#contract/workflow-steps.ts'
import { displayName } from '../contacts/display-name.ts'
import type { Reader, Tx } from '../http/endpoint.ts'

export interface RunRow {
  id: number
  workflow_id: number
  workflow_name: string
  version: number
  definition: Definition
  contact_id: number
  root_id: number
  first_name: string | null
  last_name: string | null
  profile_name: string | null
  phone: string | null
  email: string | null
  state: string
  trigger_kind: TriggerKind
  by_type: Run['by']['type']
  by_name: string | null
  started_at: Date
  step_id: string | null
  wake_at: Date
  ended_at: Date | null
  end_reason: RunEnd | null
  ended_by: string | null
  vals: Record<string, string>
  assignee_id: number | null
  team_id: number | null
}

/** Runs that a condition on `workflow_run r` holds for, newest first. */
export async function loadRuns(
  db: Reader | Tx,
  workspaceId: number,
  which: RawBuilder<boolean>,
  limit: number,
): Promise<RunRow[]> {
  const { rows } = await sql<RunRow>`
    with page as (
      select * from workflow_run r where r.workspace_id = ${workspaceId} and ${which} order by r.id desc limit ${limit}
    )
    select r.id, r.workflow_id, w.name as workflow_name, r.version, v.definition, r.contact_id, root.id as root_id,
      root.first_name, root.last_name, root.profile_name, root.phone, root.email, r.state, r.trigger_kind, r.by_type,
      coalesce(doer.name, cause.name) as by_name, r.started_at, r.step_id, r.wake_at, r.ended_at, r.end_reason,
      ender.name as ended_by, r.vals, s.assignee_id, s.team_id
    from page r
    join workflow w on w.workspace_id = r.workspace_id and w.id = r.workflow_id
    join workflow_version v on v.workspace_id = r.workspace_id and v.workflow_id = r.workflow_id and v.version = r.version
    join contact c on c.workspace_id = r.workspace_id and c.id = r.contact_id
    join contact root on root.workspace_id = c.workspace_id and root.id = coalesce(c.root_id, c.id)
    join contact_state s on s.workspace_id = root.workspace_id and s.contact_id = root.id
    left join member doer on doer.workspace_id = r.workspace_id and doer.id = r.by_id and r.by_type in ('member', 'api')
    left join workflow cause on cause.workspace_id = r.workspace_id and cause.id = r.by_id and r.by_type = 'workflow'
    left join member ender on ender.workspace_id = r.workspace_id and ender.id = r.ended_by
    order by r.id desc`.execute(db)
  return rows
}

/** A run as members see it. */
export function showRun(row: RunRow): Run {
  const isOver = row.ended_at !== null
  const at = isOver ? undefined : everyStep(row.definition.steps).find(({ step }) => step.id === row.step_id)?.step
  return {
    id: row.id,
    workflow: { id: row.workflow_id, name: row.workflow_name, version: row.version },
    contact: { id: row.root_id, displayName: displayName(row) },
    state: isOver ? 'ended' : row.state === 'waiting' || row.state === 'asking' ? row.state : 'running',
    trigger: row.trigger_kind,
    by: { type: row.by_type, name: row.by_name },
    startedAt: row.started_at.toISOString(),
    step: at === undefined ? null : { id: at.id, kind: at.kind },
    wakeAt: isOver ? null : row.wake_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    end: row.end_reason,
    endedBy: row.ended_by,
  }
}

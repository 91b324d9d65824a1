import { sql, type Selectable } from 'kysely'
import type { RunEnd, StepOutcome } from '#contract/workflow-words.ts'
import type { Step } from '#contract/workflows.ts'
import { recordActivity, type ActivityActor } from '../activity/record-activity.ts'
import { liveChannel, type LiveNotice } from '../db/notify.ts'
import type { WorkflowRun } from '../db/tables.ts'
import { preparedFor } from '../db/prepared.ts'
import type { Deps } from '../deps.ts'
import type { Reader, Tx } from '../http/endpoint.ts'
import type { Place } from './program.ts'
import type { StepData, Stepped } from './stepping.ts'

/** A run with what it needs to know of its workflow. */
export interface ReadRun extends Selectable<WorkflowRun> {
  workflow_name: string
  halted_before: number | null
  halt_reason: string | null
  halted_by: number | null
}

/** A run's columns by name, so that statements with them can be planned once. */
export const runColumns = sql`r.workspace_id, r.id, r.workflow_id, r.version, r.contact_id, r.started_at, r.trigger_kind, r.by_type,
  r.by_id, r.depth, r.step_id, r.place, r.state, r.wake_at, r.attempts, r.answer_id, r.vals, r.ended_at, r.end_reason, r.ended_by`

/** A run as it is; `hold` locks it until the transaction ends, which comes after the contact's lock. */
export async function readRun(
  db: Reader | Tx,
  workspaceId: number,
  runId: number,
  hold = false,
): Promise<ReadRun | undefined> {
  const { rows } = await sql<ReadRun>`
    select ${runColumns}, w.name as workflow_name, w.halted_before, w.halt_reason, w.halted_by from workflow_run r
    join workflow w on w.workspace_id = r.workspace_id and w.id = r.workflow_id
    where r.workspace_id = ${workspaceId} and r.id = ${runId} ${hold ? sql`for update of r` : sql``}`.execute(db)
  return rows[0]
}

interface Taken {
  readonly place: number
  readonly step: Step
  readonly outcome: StepOutcome
  readonly reason: string | null
  readonly attempts: number
  readonly data: StepData
}

/** What a run has gone through in this transaction. */
export class Walk {
  readonly taken: Taken[] = []
  readonly read: ReadRun
  values: Readonly<Record<string, string>>
  run: Selectable<WorkflowRun>
  /** Null while it goes on. */
  end: RunEnd | null = null
  goes: { readonly state: string; readonly until: Date }

  constructor(read: ReadRun, now: Date) {
    this.goes = { state: 'ready', until: now }
    this.read = read
    this.run = read
    this.values = read.vals as Readonly<Record<string, string>>
  }

  note(step: Step, stepped: Stepped): void {
    const { place } = this.run
    const data = stepped.data ?? {}
    const outcome = stepped.over ? stepped.outcome : 'waiting'
    const reason = stepped.over ? (stepped.reason ?? null) : null
    this.taken.push({ place, step, outcome, reason, attempts: stepped.attempts ?? 1, data })
    this.values = { ...this.values, ...data.values }
    if (!stepped.over) {
      this.goes = { state: stepped.state, until: stepped.until }
      this.run = { ...this.run, answer_id: null }
      return
    }
    const next: Place = step.kind === 'stop' ? null : stepped.next
    if (next === null) this.end = step.kind === 'stop' ? 'stopStep' : 'finished'
    this.run = { ...this.run, place: place + 1, step_id: next, state: 'ready', attempts: 0, answer_id: null }
  }
}

/** Puts down what happened at each step of some runs, and where they stand now; all of a workspace, and of one doer. */
export async function writeWalks(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  walks: readonly Walk[],
  by: ActivityActor,
  notices: readonly Omit<LiveNotice, 'workspaceId'>[] = [],
): Promise<void> {
  const [first] = walks
  if (first === undefined) return
  const { workspace_id: workspaceId } = first.read
  const steps = walks.flatMap(({ read, taken }) => taken.map((one) => ({ ...one, run: read })))
  await sql`${preparedFor(steps.length)}
    with steps as (
      insert into workflow_run_step as before (workspace_id, contact_id, run_id, place, step_id, kind, outcome, reason,
        attempts, data, ended_at)
      select ${workspaceId}::bigint, contact_id, run_id, place, step_id, kind, outcome, reason, attempts, data,
        case when is_over then now() end
      from unnest(${steps.map(({ run }) => run.contact_id)}::bigint[], ${steps.map(({ run }) => run.id)}::bigint[],
        ${steps.map(({ place }) => place)}::integer[], ${steps.map(({ step }) => step.id)}::text[],
        ${steps.map(({ step }) => step.kind)}::text[], ${steps.map(({ outcome }) => outcome)}::text[],
        ${steps.map(({ reason }) => reason)}::text[], ${steps.map(({ attempts }) => attempts)}::integer[],
        ${steps.map(({ data }) => JSON.stringify(data))}::jsonb[], ${steps.map(({ outcome }) => outcome !== 'waiting')}::boolean[])
        taken (contact_id, run_id, place, step_id, kind, outcome, reason, attempts, data, is_over)
      on conflict (workspace_id, contact_id, run_id, place) do update
        set outcome = excluded.outcome, reason = excluded.reason, attempts = excluded.attempts, data = before.data || excluded.data,
          ended_at = excluded.ended_at
    ), moved as (
      update workflow_run r set place = stands.place, step_id = stands.step_id, state = stands.state, wake_at = stands.wake_at,
        attempts = stands.attempts, answer_id = stands.answer_id, vals = stands.vals, end_reason = stands.end_reason,
        ended_at = case when stands.end_reason is not null then now() end
      from unnest(${walks.map(({ run }) => run.id)}::bigint[], ${walks.map(({ run }) => run.place)}::integer[],
        ${walks.map(({ run }) => run.step_id)}::text[], ${walks.map(({ goes }) => goes.state)}::text[],
        ${walks.map(({ goes }) => goes.until.toISOString())}::timestamptz[], ${walks.map(({ run }) => run.attempts)}::integer[],
        ${walks.map(({ run }) => run.answer_id)}::bigint[], ${walks.map(({ values }) => JSON.stringify(values))}::jsonb[],
        ${walks.map(({ end }) => end)}::text[]) stands (id, place, step_id, state, wake_at, attempts, answer_id, vals, end_reason)
      where r.workspace_id = ${workspaceId} and r.id = stands.id)
    select pg_notify(${liveChannel}, payload)
    from unnest(${notices.map((notice) => JSON.stringify({ ...notice, workspaceId }))}::text[]) payload`.execute(tx)
  await recordActivity(
    tx,
    deps.clock,
    workspaceId,
    walks.flatMap(({ read, end }) => {
      if (end === null) return []
      const data = { workflowId: read.workflow_id, runId: read.id, name: read.workflow_name, end }
      return [{ contactId: read.contact_id, kind: 'workflowEnded', actor: by, data }]
    }),
  )
}

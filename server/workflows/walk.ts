import { sql, type Selectable } from 'kysely'
import type { RunEnd, StepOutcome } from '#contract/workflow-words.ts'
import type { Step } from '#contract/workflows.ts'
import { recordActivity, type ActivityActor } from '../activity/record-activity.ts'
import { liveChannel, type LiveNotice } from '../db/notify.ts'
import type { WorkflowRun } from '../db/tables.ts'
import { prepared } from '../db/prepared.ts'
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
  values: Readonly<Record<string, string>>
  run: Selectable<WorkflowRun>
  #goes: { state: string; until: Date } = { state: 'ready', until: new Date() }
  #end: RunEnd | null = null
  readonly #tx: Tx
  readonly #deps: Deps
  readonly #read: ReadRun

  constructor(tx: Tx, deps: Deps, read: ReadRun) {
    this.#tx = tx
    this.#deps = deps
    this.#read = read
    this.run = read
    this.values = read.vals as Readonly<Record<string, string>>
  }

  /** What the run waits as, if it does. */
  get state(): string {
    return this.#goes.state
  }

  note(step: Step, stepped: Stepped): void {
    const { place } = this.run
    const data = stepped.data ?? {}
    const outcome = stepped.over ? stepped.outcome : 'waiting'
    const reason = stepped.over ? (stepped.reason ?? null) : null
    this.taken.push({ place, step, outcome, reason, attempts: stepped.attempts ?? 1, data })
    this.values = { ...this.values, ...data.values }
    if (!stepped.over) {
      this.#goes = { state: stepped.state, until: stepped.until }
      this.run = { ...this.run, answer_id: null }
      return
    }
    const next: Place = step.kind === 'stop' ? null : stepped.next
    if (next === null) this.#end = step.kind === 'stop' ? 'stopStep' : 'finished'
    this.run = { ...this.run, place: place + 1, step_id: next, state: 'ready', attempts: 0, answer_id: null }
  }

  /** Puts it all down: what happened at each step, and where the run stands now. */
  async write(by: ActivityActor, notices: readonly Omit<LiveNotice, 'workspaceId'>[] = []): Promise<void> {
    const { workspace_id: workspaceId, id: runId, contact_id: contactId, workflow_id: workflowId } = this.#read
    const { taken, run } = this
    const isOver = (one: Taken) => one.outcome !== 'waiting'
    await sql`${prepared}
      with steps as (
        insert into workflow_run_step as before (workspace_id, contact_id, run_id, place, step_id, kind, outcome, reason,
          attempts, data, ended_at)
        select ${workspaceId}::bigint, ${contactId}::bigint, ${runId}::bigint, place, step_id, kind, outcome, reason,
          attempts, data, case when is_over then now() end
        from unnest(${taken.map(({ place }) => place)}::integer[], ${taken.map(({ step }) => step.id)}::text[],
          ${taken.map(({ step }) => step.kind)}::text[], ${taken.map(({ outcome }) => outcome)}::text[],
          ${taken.map(({ reason }) => reason)}::text[], ${taken.map(({ attempts }) => attempts)}::integer[],
          ${taken.map(({ data }) => JSON.stringify(data))}::jsonb[],
          ${taken.map(isOver)}::boolean[]) taken (place, step_id, kind, outcome, reason, attempts, data, is_over)
        on conflict (workspace_id, contact_id, run_id, place) do update
          set outcome = excluded.outcome, reason = excluded.reason, attempts = excluded.attempts, data = before.data || excluded.data,
            ended_at = excluded.ended_at
      ), moved as (
      update workflow_run set place = ${run.place}, step_id = ${run.step_id}, state = ${this.#goes.state},
        wake_at = ${this.#goes.until}, attempts = ${run.attempts}, answer_id = ${run.answer_id},
        vals = ${JSON.stringify(this.values)}::jsonb, end_reason = ${this.#end},
        ended_at = case when ${this.#end !== null} then now() end
      where workspace_id = ${workspaceId} and id = ${runId})
      select pg_notify(${liveChannel}, payload)
      from unnest(${notices.map((notice) => JSON.stringify({ ...notice, workspaceId }))}::text[]) payload`.execute(
      this.#tx,
    )
    if (this.#end === null) return
    await recordActivity(this.#tx, this.#deps.clock, workspaceId, [
      {
        contactId,
        kind: 'workflowEnded',
        actor: by,
        data: { workflowId, runId, name: this.#read.workflow_name, end: this.#end },
      },
    ])
  }
}

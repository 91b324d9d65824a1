import { ORPCError } from '@orpc/server'
import { sql, type Selectable } from 'kysely'
import type { RunEnd } from '#contract/workflow-words.ts'
import type { ActivityActor } from '../activity/record-activity.ts'
import type { RootState } from '../contacts/lock-root.ts'
import { stateOf, type LockedState } from '../conversations/lock-state.ts'
import type { LiveNotice } from '../db/notify.ts'
import type { WorkflowRun } from '../db/tables.ts'
import { prepared } from '../db/prepared.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import type { Call } from './calls.ts'
import { endRuns } from './end-runs.ts'
import type { FilterContexts } from './filter-contexts.ts'
import type { Versions } from './load-version.ts'
import type { Stop } from './program.ts'
import { actOf } from './step-acts.ts'
import type { Before, Stepped, Stepping } from './stepping.ts'
import { runColumns, Walk, type ReadRun } from './walk.ts'

/** A run that has something to do, as it was when that was found out. */
export type Due = Selectable<WorkflowRun>

/** What runs are taken on with. */
export interface Tools {
  readonly deps: Deps
  readonly versions: Versions
  readonly filters: FilterContexts
  /** Whether this process may make another request of a workspace now. */
  readonly mayCall: (workspaceId: number) => boolean
}

/** How long a run that could not be taken on rests, by how often it was tried; then it ends with `error`. */
const restSeconds = [1, 5, 30, 120, 600, 1800, 3600]
/** Steps of one transaction: others have their turn with the contact. */
const mostAtOnce = 20

export interface Advanced {
  readonly workflowId: number
  readonly contactId: number
  /** How many steps were taken. */
  readonly steps: number
  /** A request that is to be made now. */
  readonly call: Call | null
}

/**
 * Takes a run on as far as it goes without waiting, in one transaction with what its steps do: whoever is killed in between has
 * done whole steps or nothing. Null where there is nothing to do: it has ended, or somebody else has it or its contact in hand.
 */
export async function advanceRun(tools: Tools, due: Due): Promise<Advanced | null> {
  const { deps } = tools
  try {
    return await deps.db.transaction().execute((tx) => advance(tx, tools, due))
  } catch (error) {
    const isTangled = error instanceof Error && 'code' in error && (error.code === '40P01' || error.code === '55P03')
    if (isTangled) await putOff(deps, due, 0.2)
    else await giveRest(deps, due, error)
    return null
  }
}

async function advance(tx: Tx, tools: Tools, due: Due): Promise<Advanced | null> {
  const { deps, versions } = tools
  const { workspace_id: workspaceId, id: runId, workflow_id: workflowId } = due
  const version = await versions(tx, workspaceId, workflowId, due.version)
  const now = new Date()
  const by: ActivityActor = { type: 'workflow', id: workflowId, depth: due.depth + 1 }
  const at = { now, workspaceId, version, by, filters: () => tools.filters(tx, workspaceId, now) }
  const held = await holdAhead(tx, deps, { ...at, run: due, values: due.vals as Stepping['values'] })
  const locked = await lockRun(tx, due)
  if (locked === null) return null
  const { run } = locked
  const done = { workflowId, contactId: run.contact_id }
  const end = whyEnd(run, locked.state)
  if (end !== null) {
    const doer = end.by === null ? by : { type: 'member' as const, id: end.by }
    await endRuns(tx, deps, { workspaceId, end: end.end, by: doer, which: sql`r.id = ${runId}` })
    return { ...done, steps: 0, call: null }
  }
  const notices: Omit<LiveNotice, 'workspaceId'>[] = []
  const walk = new Walk(tx, deps, run)
  let { state } = locked
  let stop = version.program.stops.get(run.step_id ?? '')
  while (stop !== undefined && walk.taken.length < mostAtOnce) {
    const here = stop
    const { step } = here
    const act = actOf(step)
    const kept = held.get(step.id)
    // what must be held before the contact is locked is so in the next transaction
    if (act.hold !== undefined && kept === undefined) break
    const stepping: Stepping = {
      ...at,
      tx,
      deps,
      values: walk.values,
      run: walk.run,
      state,
      become: (change) => (state = { ...state, ...change }),
      mayCall: () => tools.mayCall(workspaceId),
      tell: (notice) => notices.push(notice),
    }
    const tried =
      kept !== undefined && 'refusal' in kept
        ? kept
        : await attempt(() => act.carryOut(stepping, step, here, kept?.value))
    held.delete(step.id)
    const stepped = 'refusal' in tried ? refused(here, tried.refusal) : tried.value
    walk.note(step, stepped)
    if (!stepped.over) break
    stop = stepped.next === null ? undefined : version.program.stops.get(stepped.next)
  }
  await walk.write(by, notices)
  const last = walk.taken.at(-1)
  const isCalling = last?.outcome === 'waiting' && walk.state === 'calling'
  const call = isCalling ? { workspaceId, runId, place: last.place, attempt: last.attempts } : null
  return { ...done, steps: walk.taken.length, call }
}

type Tried<Value> = { readonly value: Value } | { readonly refusal: string }

/** What refuses to be done (a member who is gone, a window that is shut) has done nothing, and the run goes on without it. */
async function attempt<Value>(act: () => Promise<Value>): Promise<Tried<Value>> {
  try {
    return { value: await act() }
  } catch (error) {
    if (!(error instanceof ORPCError) || error.status >= 500) throw error
    const { reason, fields } = (error.data ?? {}) as { reason?: string; fields?: { reason: string }[] }
    return { refusal: reason ?? fields?.[0]?.reason ?? (error.code === 'NOT_FOUND' ? 'gone' : 'refused') }
  }
}

/** The same, for what may have written something before it was refused. */
async function attemptWhole<Value>(tx: Tx, act: () => Promise<Value>): Promise<Tried<Value>> {
  await sql`savepoint step`.execute(tx)
  const tried = await attempt(act)
  await sql`${'refusal' in tried ? sql`rollback to` : sql`release`} savepoint step`.execute(tx)
  return tried
}

/**
 * Holds what the step it stands at needs, and what those right behind it need as far as they are sure to follow: before the contact
 * is locked, as everybody else does.
 */
async function holdAhead(tx: Tx, deps: Deps, at: Before): Promise<Map<string, Tried<unknown>>> {
  const held = new Map<string, Tried<unknown>>()
  const { run, version } = at
  let stop = version.program.stops.get(run.step_id ?? '')
  for (let place = 0; stop !== undefined && place < mostAtOnce; place++) {
    const { step, next } = stop
    const act = actOf(step)
    if (place > 0 && act.hold !== undefined && act.aheadToo !== true) break
    if (act.hold !== undefined)
      held.set(
        step.id,
        act.aheadToo === true
          ? await attempt(() => act.hold!(tx, deps, at, step))
          : await attemptWhole(tx, () => act.hold!(tx, deps, at, step)),
      )
    const isSure =
      act.aheadToo === true || act.goesOn === true || (step.kind === 'wait' && run.state === 'waiting' && place === 0)
    stop = isSure && next !== null ? version.program.stops.get(next) : undefined
  }
  return held
}

/** What could not even be asked is not answered either. */
const refused = ({ step, next, into }: Stop, reason: string): Stepped => ({
  over: true,
  outcome: 'failed',
  reason,
  next: step.kind === 'ask' ? (into['unanswered'] ?? null) : next,
})

/** A run beside the hot row of its contact, or of the one that stands for it. */
type Locked = ReadRun & Omit<RootState, 'live' | 'last_message_at' | 'contact_id'> & { readonly root_id: number }

/**
 * Locks a run and its contact, if they are free and the run is what it was. Nobody is waited for: who is held by somebody else has
 * a turn a moment later.
 */
async function lockRun(tx: Tx, due: Due): Promise<{ run: ReadRun; state: LockedState } | null> {
  const { rows } = await sql<Locked>`${prepared}
    select ${runColumns}, w.name as workflow_name, w.halted_before, w.halt_reason, w.halted_by, root.id as root_id, root.blocked_at,
      s.status, s.assignee_id, s.team_id, s.last_message_id, s.last_in_id, s.last_channel_id, s.last_in_contact_channel_id,
      s.snoozed_until, s.conversation_id
    from workflow_run r
    join workflow w on w.workspace_id = r.workspace_id and w.id = r.workflow_id
    join contact asked on asked.workspace_id = r.workspace_id and asked.id = r.contact_id
    join contact root on root.workspace_id = asked.workspace_id and root.id = coalesce(asked.root_id, asked.id)
    join contact_state s on s.workspace_id = root.workspace_id and s.contact_id = root.id
    where r.workspace_id = ${due.workspace_id} and r.id = ${due.id} and r.ended_at is null and r.wake_at <= now()
    for update of s, r skip locked`.execute(tx)
  const [run] = rows
  const isSame =
    run !== undefined && run.place === due.place && run.state === due.state && run.answer_id === due.answer_id
  return isSame ? { run, state: stateOf({ ...run, contact_id: run.root_id }) } : null
}

/** Why a run does no further step. */
function whyEnd(run: ReadRun, state: LockedState): { end: RunEnd; by: number | null } | null {
  if (run.halted_before !== null && run.id < run.halted_before)
    return { end: run.halt_reason as RunEnd, by: run.halted_by }
  if (state.contactId !== run.contact_id) return { end: 'merged', by: null }
  return state.blocked ? { end: 'blocked', by: null } : null
}

/** Tries again in a moment; nothing was wrong. */
async function putOff({ db }: Deps, { workspace_id, id }: Due, seconds: number): Promise<void> {
  await sql`
    update workflow_run set wake_at = now() + ${seconds} * interval '1 second'
    where workspace_id = ${workspace_id} and id = ${id} and ended_at is null and wake_at <= now()`.execute(db)
}

/** What nobody foresaw is tried again, after longer and longer rests; in the end the run stops there and says so. */
async function giveRest(deps: Deps, due: Due, error: unknown): Promise<void> {
  const { workspace_id: workspaceId, id: runId } = due
  const isDown = error instanceof Error && 'code' in error && /^(?:08|57|53|E)/.test(String(error.code))
  deps.log.warn({ err: error, workspaceId, runId }, 'a step of a workflow failed')
  if (isDown) return putOff(deps, due, 5).catch(() => undefined)
  await deps.db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ attempts: number }>`
      update workflow_run set attempts = attempts + 1,
        wake_at = now() + ((${restSeconds}::integer[])[least(attempts + 1, ${restSeconds.length})]) * interval '1 second'
      where workspace_id = ${workspaceId} and id = ${runId} and ended_at is null returning attempts`.execute(tx)
    if ((rows[0]?.attempts ?? 0) <= restSeconds.length) return
    const by: ActivityActor = { type: 'system', id: null }
    await endRuns(tx, deps, { workspaceId, end: 'error', by, which: sql`r.id = ${runId}` })
  })
}

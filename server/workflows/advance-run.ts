import { ORPCError } from '@orpc/server'
import { sql, type Selectable } from 'kysely'
import type { RunEnd } from '#contract/workflow-words.ts'
import type { ActivityActor } from '../activity/record-activity.ts'
import { lockState, type LockedState } from '../conversations/lock-state.ts'
import { notify, type LiveNotice } from '../db/notify.ts'
import type { WorkflowRun } from '../db/tables.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { endRuns } from './end-runs.ts'
import type { Versions } from './load-version.ts'
import type { Stop } from './program.ts'
import type { Call } from './calls.ts'
import { actOf } from './step-acts.ts'
import type { Stepped, Stepping } from './stepping.ts'
import { readRun, Walk, type ReadRun } from './walk.ts'

/** A run that has something to do. */
export interface Due {
  readonly workspaceId: number
  readonly runId: number
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
 * done whole steps or nothing. Null where there is nothing to do: it has ended, or somebody else has it in hand.
 */
export async function advanceRun(
  deps: Deps,
  versions: Versions,
  due: Due,
  mayCall: (workspaceId: number) => boolean,
): Promise<Advanced | null> {
  try {
    return await deps.db.transaction().execute((tx) => advance(tx, deps, versions, due, mayCall))
  } catch (error) {
    const isTangled = error instanceof Error && 'code' in error && (error.code === '40P01' || error.code === '55P03')
    if (isTangled) await putOff(deps, due, 0.2)
    else await giveRest(deps, due, error)
    return null
  }
}

async function advance(
  tx: Tx,
  deps: Deps,
  versions: Versions,
  due: Due,
  mayCall: (workspaceId: number) => boolean,
): Promise<Advanced | null> {
  const { workspaceId, runId } = due
  const seen = await takeUp(tx, due)
  if (seen === null) return null
  const version = await versions(tx, workspaceId, seen.workflow_id, seen.version)
  const now = new Date()
  const by: ActivityActor = { type: 'workflow', id: seen.workflow_id, depth: seen.depth + 1 }
  const values = seen.vals as Readonly<Record<string, string>>
  const at = { now, workspaceId, run: seen, values, version, by }
  const first = version.program.stops.get(seen.step_id ?? '')
  const holding = first === undefined ? undefined : actOf(first.step).hold
  const held =
    first === undefined || holding === undefined
      ? undefined
      : await attempt<unknown>(tx, () => holding(tx, deps, at, first.step))
  // before the run itself, as whoever stops it for something that happens to the contact does
  const state = await lockState(tx, workspaceId, seen.contact_id)
  const run = await readRun(tx, workspaceId, runId, true)
  if (run === undefined || !isAsSeen(run, seen)) return null
  const done = { workflowId: run.workflow_id, contactId: seen.contact_id }
  const end = whyEnd(run, state)
  if (state === undefined || end !== null) {
    const doer = end === null || end.by === null ? by : { type: 'member' as const, id: end.by }
    await endRuns(tx, deps, { workspaceId, end: end?.end ?? 'stopped', by: doer, which: sql`r.id = ${runId}` })
    return { ...done, steps: 0, call: null }
  }
  const notices: Omit<LiveNotice, 'workspaceId'>[] = []
  const walk = new Walk(tx, deps, run)
  let stop = first
  let hold = held
  while (stop !== undefined && walk.taken.length < mostAtOnce) {
    const step = stop.step
    const act = actOf(step)
    // what must be held before the contact is locked is so in the next transaction
    if (walk.taken.length > 0 && act.hold !== undefined) break
    const here = stop
    const fresh = walk.taken.length === 0 ? state : ((await lockState(tx, workspaceId, run.contact_id)) ?? state)
    const stepping: Stepping = {
      ...at,
      tx,
      deps,
      values: walk.values,
      run: walk.run,
      state: fresh,
      mayCall: () => mayCall(workspaceId),
      tell: (notice) => notices.push(notice),
    }
    const kept = hold
    const tried =
      kept !== undefined && 'refusal' in kept
        ? kept
        : await attempt(tx, () => act.carryOut(stepping, step, here, kept?.value))
    hold = undefined
    const stepped = 'refusal' in tried ? refused(here, tried.refusal) : tried.value
    walk.note(step, stepped)
    if (!stepped.over) break
    stop = stepped.next === null ? undefined : version.program.stops.get(stepped.next)
  }
  await walk.write(by)
  await notify(
    tx,
    notices.map((notice) => ({ ...notice, workspaceId })),
  )
  const last = walk.taken.at(-1)
  const isCalling = last?.outcome === 'waiting' && walk.state === 'calling'
  const call = isCalling ? { ...due, place: last.place, attempt: last.attempts } : null
  return { ...done, steps: walk.taken.length, call }
}

type Tried<Value> = { readonly value: Value } | { readonly refusal: string }

/** What refuses to be done (a window that is shut, a member who is gone) has done nothing, and the run goes on without it. */
async function attempt<Value>(tx: Tx, act: () => Promise<Value>): Promise<Tried<Value>> {
  await sql`savepoint step`.execute(tx)
  try {
    const value = await act()
    await sql`release savepoint step`.execute(tx)
    return { value }
  } catch (error) {
    if (!(error instanceof ORPCError) || error.status >= 500) throw error
    await sql`rollback to savepoint step`.execute(tx)
    const { reason, fields } = (error.data ?? {}) as { reason?: string; fields?: { reason: string }[] }
    return { refusal: reason ?? fields?.[0]?.reason ?? (error.code === 'NOT_FOUND' ? 'gone' : 'refused') }
  }
}

/** What could not even be asked is not answered either. */
const refused = ({ step, next, into }: Stop, reason: string): Stepped => ({
  over: true,
  outcome: 'failed',
  reason,
  next: step.kind === 'ask' ? (into['unanswered'] ?? null) : next,
})

/** The run as it is, if nobody else has it in hand. */
async function takeUp(tx: Tx, { workspaceId, runId }: Due): Promise<Selectable<WorkflowRun> | null> {
  const { rows } = await sql<Selectable<WorkflowRun> & { mine: boolean }>`
    select r.*, pg_try_advisory_xact_lock(hashtextextended(${`ficha runs ${workspaceId}:${runId}`}, 0)) as mine
    from workflow_run r
    where r.workspace_id = ${workspaceId} and r.id = ${runId} and r.ended_at is null and r.wake_at <= now()`.execute(tx)
  return rows[0]?.mine === true ? rows[0] : null
}

/** Whether it still is what was seen before the contact was locked. */
const isAsSeen = (run: ReadRun, seen: Selectable<WorkflowRun>): boolean =>
  run.ended_at === null && run.place === seen.place && run.state === seen.state && run.answer_id === seen.answer_id

/** Why a run does no further step. */
function whyEnd(run: ReadRun, state: LockedState | undefined): { end: RunEnd; by: number | null } | null {
  if (run.halted_before !== null && run.id < run.halted_before)
    return { end: run.halt_reason as RunEnd, by: run.halted_by }
  if (state === undefined) return { end: 'stopped', by: null }
  if (state.contactId !== run.contact_id) return { end: 'merged', by: null }
  return state.blocked ? { end: 'blocked', by: null } : null
}

/** Tries again in a moment; nothing was wrong. */
async function putOff({ db }: Deps, { workspaceId, runId }: Due, seconds: number): Promise<void> {
  await sql`
    update workflow_run set wake_at = now() + ${seconds} * interval '1 second'
    where workspace_id = ${workspaceId} and id = ${runId} and ended_at is null and wake_at <= now()`.execute(db)
}

/** What nobody foresaw is tried again, after longer and longer rests; in the end the run stops there and says so. */
async function giveRest(deps: Deps, due: Due, error: unknown): Promise<void> {
  const { workspaceId, runId } = due
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

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
import type { Call, Calls } from './calls.ts'
import { endRuns } from './end-runs.ts'
import type { FilterContexts } from './filter-contexts.ts'
import type { Versions } from './load-version.ts'
import type { Place, Stop } from './program.ts'
import { hostOf } from './request-url.ts'
import { actOf } from './step-acts.ts'
import type { Before, Stepped, Stepping } from './stepping.ts'
import { runColumns, Walk, writeWalks, type ReadRun } from './walk.ts'

/** A run that has something to do, as it was when that was found out. */
export type Due = Selectable<WorkflowRun>

/** What runs are taken on with. */
export interface Tools {
  readonly deps: Deps
  readonly versions: Versions
  readonly filters: FilterContexts
  readonly mayCall: Calls['mayCall']
}

/** How long a run that could not be taken on rests, by how often it was tried; then it ends with `error`. */
const restSeconds = [1, 5, 30, 120, 600, 1800, 3600]
/** Steps of a run in one transaction: others have their turn with the contact. */
const mostAtOnce = 20
/** Runs in one transaction: so many are hardly more work than one, and hold their contacts hardly longer. */
const mostTogether = 25

export interface Advanced {
  readonly workflowId: number
  readonly contactId: number
  /** A request that is to be made now. */
  readonly call: Call | null
}

/** Runs that stand at the same step in the same way, so that what they need is the same. */
export function groupDue(due: readonly Due[]): Due[][] {
  const alike = Map.groupBy(due, (run) =>
    [run.workspace_id, run.workflow_id, run.version, run.depth, run.step_id, run.state].join(' '),
  )
  return [...alike.values()].flatMap((runs) =>
    Array.from({ length: Math.ceil(runs.length / mostTogether) }, (_, part) =>
      runs.slice(part * mostTogether, (part + 1) * mostTogether),
    ),
  )
}

/**
 * Takes runs on as far as they go without waiting, in one transaction with what their steps do: whoever is killed in between has
 * done whole steps or nothing. Answers those that had something to do: others have ended, or somebody has them or their contact in
 * hand. Where one of several cannot be taken on, each is alone.
 */
export async function advanceRuns(tools: Tools, due: readonly Due[]): Promise<Advanced[]> {
  const { deps } = tools
  try {
    return await deps.db.transaction().execute((tx) => advance(tx, tools, due))
  } catch (error) {
    if (due.length > 1) {
      const advanced: Advanced[] = []
      for (const one of due) advanced.push(...(await advanceRuns(tools, [one])))
      return advanced
    }
    const isTangled = error instanceof Error && 'code' in error && (error.code === '40P01' || error.code === '55P03')
    if (isTangled) await putOff(deps, due[0]!, 0.2)
    else await giveRest(deps, due[0]!, error)
    return []
  }
}

/** A run on its way, its contact locked. */
interface Walker {
  readonly walk: Walk
  state: LockedState
  /** Where it goes on in this transaction. */
  place: Place
  readonly held: Held
}

async function advance(tx: Tx, tools: Tools, due: readonly Due[]): Promise<Advanced[]> {
  const { deps, versions } = tools
  const { workspace_id: workspaceId, workflow_id: workflowId, version: number, depth } = due[0]!
  const version = await versions(tx, workspaceId, workflowId, number)
  const now = deps.clock.now()
  const by: ActivityActor = { type: 'workflow', id: workflowId, depth: depth + 1 }
  const at = { now, workspaceId, version, by, filters: () => tools.filters(tx, workspaceId, now) }
  const held = await holdAhead(tx, deps, at, due)
  const locked = await lockRuns(tx, due)
  const leaving = locked.map(({ run, state }) => ({ run, end: whyEnd(run, state) }))
  for (const { run, end } of leaving) {
    if (end === null) continue
    const doer = end.by === null ? by : { type: 'member' as const, id: end.by }
    await endRuns(tx, deps, { workspaceId, end: end.end, by: doer, which: sql`r.id = ${run.id}` })
  }
  const notices: Omit<LiveNotice, 'workspaceId'>[] = []
  const granted: string[] = []
  const walkers = locked.flatMap(({ run, state }, index): Walker[] =>
    leaving[index]!.end === null
      ? [{ walk: new Walk(run, now), state, place: run.step_id, held: held.get(run.id)! }]
      : [],
  )
  for (const [id, stop] of version.program.stops) {
    const { step } = stop
    const act = actOf(step)
    const here = walkers.filter(
      ({ place, walk, held: mine }) =>
        place === id &&
        walk.taken.length < mostAtOnce &&
        // what must be held before the contact is locked is so in the next transaction
        (act.hold === undefined || mine.has(id)),
    )
    if (here.length === 0) continue
    const steppings = here.map((walker): Stepping => ({
      ...at,
      tx,
      deps,
      values: walker.walk.values,
      run: walker.walk.run,
      state: walker.state,
      become: (change) => (walker.state = { ...walker.state, ...change }),
      mayCall(host) {
        const may = tools.mayCall(workspaceId, host, granted)
        if (may) granted.push(host)
        return may
      },
      tell: (notice) => notices.push(notice),
    }))
    const tried = await carryOut(
      act,
      stop,
      steppings,
      here.map((walker) => walker.held.get(id)),
    )
    for (const [index, walker] of here.entries()) {
      const one = tried[index]!
      const stepped = 'refusal' in one ? refused(stop, one.refusal) : one.value
      walker.walk.note(step, stepped)
      walker.place = stepped.over && walker.walk.end === null ? stepped.next : null
    }
  }
  const walks = walkers.map(({ walk }) => walk)
  await writeWalks(tx, deps, walks, by, notices)
  const calls = new Map(walks.map((walk) => [walk.read.id, callOf(walk)]))
  return locked.map(({ run: { id, contact_id: contactId } }) => ({
    workflowId,
    contactId,
    call: calls.get(id) ?? null,
  }))
}

function callOf({ read, taken, goes }: Walk): Call | null {
  const last = taken.at(-1)
  if (last?.outcome !== 'waiting' || goes.state !== 'calling') return null
  if (last.step.kind !== 'http') return null
  const host = hostOf(last.step.url) ?? ''
  return { workspaceId: read.workspace_id, runId: read.id, place: last.place, attempt: last.attempts, host }
}

/** Does a step for all who stand at it. */
async function carryOut(
  act: ReturnType<typeof actOf>,
  stop: Stop,
  all: readonly Stepping[],
  held: readonly (Tried<unknown> | undefined)[],
): Promise<Tried<Stepped>[]> {
  const { step } = stop
  if ('together' in act) {
    const [kept] = held
    if (kept !== undefined && 'refusal' in kept) return all.map(() => kept)
    const doAll = () => act.together(all, step, stop, kept?.value)
    if (all.length > 1) return (await doAll()).map((value) => ({ value }))
    const tried = await attempt(doAll)
    return 'refusal' in tried ? [tried] : tried.value.map((value) => ({ value }))
  }
  const tried: Tried<Stepped>[] = []
  for (const [index, one] of all.entries()) {
    const kept = held[index]
    tried.push(
      kept !== undefined && 'refusal' in kept ? kept : await attempt(() => act.carryOut(one, step, stop, kept?.value)),
    )
  }
  return tried
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

/** What is held for a run, by step. */
type Held = ReadonlyMap<string, Tried<unknown>>

/**
 * Holds what the step they stand at needs, and what those right behind it need as far as they are sure to follow: before the
 * contacts are locked, as everybody else does. By run.
 */
async function holdAhead(
  tx: Tx,
  deps: Deps,
  at: Omit<Before, 'run' | 'values'>,
  due: readonly Due[],
): Promise<Map<number, Held>> {
  const before = due.map((run): Before => ({ ...at, run, values: run.vals as Stepping['values'] }))
  const shared = new Map<string, Tried<unknown>>()
  const own = new Map(due.map(({ id }) => [id, new Map<string, Tried<unknown>>()]))
  const [first] = before
  const { stops } = at.version.program
  let stop = stops.get(first!.run.step_id ?? '')
  for (let place = 0; stop !== undefined && place < mostAtOnce; place++) {
    const { step, next } = stop
    const act = actOf(step)
    if (place > 0 && act.hold !== undefined && act.aheadToo !== true) break
    if (act.hold !== undefined && act.aheadToo === true)
      shared.set(step.id, await attempt(() => act.hold!(tx, deps, first!, step)))
    else if (act.hold !== undefined)
      for (const one of before)
        own.get(one.run.id)!.set(step.id, await attemptWhole(tx, () => act.hold!(tx, deps, one, step)))
    const isSure =
      act.aheadToo === true ||
      act.goesOn === true ||
      (step.kind === 'wait' && first!.run.state === 'waiting' && place === 0)
    stop = isSure && next !== null ? stops.get(next) : undefined
  }
  return new Map([...own].map(([id, theirs]) => [id, new Map([...shared, ...theirs])]))
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
 * Locks runs and their contacts, as far as these are free and the runs are what they were. Nobody is waited for: who is held by
 * somebody else has a turn a moment later.
 */
async function lockRuns(tx: Tx, due: readonly Due[]): Promise<{ run: ReadRun; state: LockedState }[]> {
  const known = new Map(due.map((one) => [one.id, one]))
  const { rows } = await sql<Locked>`${prepared}
    select ${runColumns}, w.name as workflow_name, w.halted_before, w.halt_reason, w.halted_by, root.id as root_id, root.blocked_at,
      s.status, s.assignee_id, s.team_id, s.last_message_id, s.last_in_id, s.last_channel_id, s.last_in_contact_channel_id,
      s.snoozed_until, s.conversation_id
    from workflow_run r
    join workflow w on w.workspace_id = r.workspace_id and w.id = r.workflow_id
    join contact asked on asked.workspace_id = r.workspace_id and asked.id = r.contact_id
    join contact root on root.workspace_id = asked.workspace_id and root.id = coalesce(asked.root_id, asked.id)
    join contact_state s on s.workspace_id = root.workspace_id and s.contact_id = root.id
    where r.workspace_id = ${due[0]!.workspace_id} and r.id = any(${[...known.keys()]}::bigint[]) and r.ended_at is null
      and r.wake_at <= now()
    for update of s, r skip locked`.execute(tx)
  return rows.flatMap((run) => {
    const was = known.get(run.id)!
    const isSame = run.place === was.place && run.state === was.state && run.answer_id === was.answer_id
    return isSame ? [{ run, state: stateOf({ ...run, contact_id: run.root_id }) }] : []
  })
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

import { setTimeout as rest } from 'node:timers/promises'
import { sql } from 'kysely'
import type { ActivityActor } from '../activity/record-activity.ts'
import { lockState } from '../conversations/lock-state.ts'
import type { Deps } from '../deps.ts'
import { OutgoingFailure } from '../http/outgoing-failure.ts'
import type { OutgoingAnswer } from '../http/outgoing.ts'
import { ringRuns } from './bell.ts'
import type { Versions } from './load-version.ts'
import { loadFilling } from './load-filling.ts'
import { makeRequest } from './make-request.ts'
import type { Stop } from './program.ts'
import { openWorkflow } from './secrets.ts'
import { judgeAnswer } from './steps/http.ts'
import type { StepOf, Stepped } from './stepping.ts'
import { readRun, Walk, writeWalks, type ReadRun } from './walk.ts'

/** A request that a run has been marked for. */
export interface Call {
  readonly workspaceId: number
  readonly runId: number
  readonly place: number
  readonly attempt: number
  /** Where it goes: scheme, host and port. */
  readonly host: string
}

/** Requests that a process makes at once: of all workspaces, of each, and of each to one host, which may hang. */
const most = 16
const mostOfOne = 8
const mostToHost = 4
/** Whoever ends waits so long for answers. */
const patienceMs = 8000

export interface Calls {
  /**
   * Whether another request of this workspace to this host may be made now.
   * @param granted where those go that have been allowed and are not yet made
   */
  readonly mayCall: (workspaceId: number, host: string, granted: readonly string[]) => boolean
  /** Makes it and writes down how it ended; does not wait. */
  readonly make: (call: Call) => void
  close(): Promise<void>
}

/** Makes the requests of workflows, outside any transaction: nobody else waits for an answer. */
export function openCalls(deps: Deps, versions: Versions): Calls {
  const running = new Map<Promise<void>, Call>()
  return {
    mayCall(workspaceId, host, granted) {
      const mine = [...running.values()].filter((call) => call.workspaceId === workspaceId).map((call) => call.host)
      const ofOne = [...mine, ...granted]
      const toHost = ofOne.filter((one) => one === host)
      return running.size + granted.length < most && ofOne.length < mostOfOne && toHost.length < mostToHost
    },
    make(call) {
      const made = makeCall(deps, versions, call)
        .catch((error: unknown) => deps.log.warn({ err: error, ...call }, 'how a request ended could not be written'))
        .finally(() => running.delete(made))
      running.set(made, call)
    },
    async close() {
      await Promise.race([Promise.all(running.keys()), rest(patienceMs, undefined, { ref: false })])
    },
  }
}

async function makeCall(deps: Deps, versions: Versions, call: Call): Promise<void> {
  const { workspaceId } = call
  const run = await readRun(deps.db, workspaceId, call.runId)
  if (run === undefined) return
  const version = await versions(deps.db, workspaceId, run.workflow_id, run.version)
  const stop = version.program.stops.get(run.step_id ?? '')
  if (stop === undefined || stop.step.kind !== 'http' || run.place !== call.place) return
  const secrets = openWorkflow(deps.config.secret, { workspaceId, workflowId: run.workflow_id }, version.secrets)
  const filling = await loadFilling(deps.db, workspaceId, run.contact_id, run.vals as Record<string, string>)
  // the same at every try
  const request = makeRequest(stop.step, secrets, filling, `ficha-${workspaceId}-${run.id}-${run.place}`)
  const answer = request === null ? 'secret-needed' : await attempt(deps, request)
  await settle(deps, call, stop.step, stop, answer)
}

async function attempt(
  deps: Deps,
  { url, options }: NonNullable<ReturnType<typeof makeRequest>>,
): Promise<OutgoingAnswer | OutgoingFailure> {
  try {
    return await deps.outgoing(url, options)
  } catch (error) {
    if (error instanceof OutgoingFailure) return error
    throw error
  }
}

/** Writes down how it ended, and takes the run on; of one that was ended meanwhile only what happened. */
async function settle(
  deps: Deps,
  call: Call,
  step: StepOf<'http'>,
  stop: Stop,
  answer: OutgoingAnswer | OutgoingFailure | 'secret-needed',
): Promise<void> {
  const { workspaceId, runId } = call
  const now = deps.clock.now()
  const stepped = judgeAnswer(step, stop, answer, call.attempt, now)
  await deps.db.transaction().execute(async (tx) => {
    const before = await readRun(tx, workspaceId, runId)
    // who has been deleted meanwhile has taken it all along
    if (before === undefined || (await lockState(tx, workspaceId, before.contact_id)) === undefined) return
    const run = await readRun(tx, workspaceId, runId, true)
    if (run === undefined || run.place !== call.place) return
    if (run.ended_at !== null) return noteLate(tx, run, stepped)
    if (run.state !== 'calling') return
    const walk = new Walk(run, now)
    walk.note(step, stepped)
    const by: ActivityActor = { type: 'workflow', id: run.workflow_id, depth: run.depth + 1 }
    await writeWalks(tx, deps, [walk], by)
    await ringRuns(tx)
  })
}

async function noteLate(tx: Parameters<typeof ringRuns>[0], run: ReadRun, stepped: Stepped): Promise<void> {
  if (!stepped.over) return
  await sql`
    update workflow_run_step set outcome = ${stepped.outcome}, data = data || ${JSON.stringify(stepped.data ?? {})}::jsonb
    where workspace_id = ${run.workspace_id} and contact_id = ${run.contact_id} and run_id = ${run.id}
      and place = ${run.place}`.execute(tx)
}

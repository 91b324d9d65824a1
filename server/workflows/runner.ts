import { setTimeout as rest } from 'node:timers/promises'
import { sql } from 'kysely'
import { holdConnection } from '../db/hold-connection.ts'
import type { RunEnd } from '#contract/workflow-words.ts'
import { notify, workflowBell, type LiveNotice } from '../db/notify.ts'
import type { Deps } from '../deps.ts'
import { advanceRuns, groupDue, type Due, type Tools } from './advance-run.ts'
import { openCalls, type Calls } from './calls.ts'
import { endRuns } from './end-runs.ts'
import { openFilterContexts } from './filter-contexts.ts'
import { openVersions } from './load-version.ts'
import { takeEvents } from './take-events.ts'

/** Runs of one workspace that are taken up together; then others have their turn. */
const turn = 100
/** However quiet it is, a bell that was lost with a connection is made good so soon. */
const longestNapMs = 5000
/** Browsers hear so often at most. */
const tellMs = 1000
/** Of more contacts than this they hear at once. */
const mostTold = 50

export interface WorkflowRunner {
  /** Lets what is in hand come to its end. */
  stop(): Promise<void>
}

/**
 * Takes on what workflows have to do, in this process beside all others: what has happened is judged, runs whose time has come go
 * on. There is no job for any of it: the rows say what is due, and a bell (or the time of the next) wakes whoever looks.
 */
export async function startWorkflows(deps: Deps, databaseUrl: string): Promise<WorkflowRunner> {
  const stopping = new AbortController()
  let wake = () => undefined as void
  // While it is lost, looking now and then makes up for it.
  const bell = await holdConnection({
    url: databaseUrl,
    name: 'ficha workflows',
    log: deps.log,
    prepare: (client) => client.query(`listen ${workflowBell}`),
    onNotice: () => wake(),
    onReturn: () => wake(),
  })
  const news = openNews(deps)
  const versions = openVersions()
  const calls = openCalls(deps, versions)
  const tools = { deps, versions, filters: openFilterContexts(), mayCall: calls.mayCall }
  const work = async () => {
    while (!stopping.signal.aborted) {
      const woken = new Promise<void>((resolve) => (wake = resolve))
      try {
        if (await doDue({ tools, news, calls }, stopping.signal)) continue
      } catch (error) {
        deps.log.warn({ err: error }, 'workflows could not be looked after')
      }
      if (stopping.signal.aborted) return
      const nap = new AbortController()
      await Promise.race([woken, rest(await untilNext(deps), undefined, { signal: nap.signal }).catch(() => undefined)])
      nap.abort()
    }
  }
  const working = work()
  return {
    async stop() {
      stopping.abort()
      wake()
      await working
      await calls.close()
      await news.close()
      await bell.close()
    },
  }
}

interface Working {
  readonly tools: Tools
  readonly news: News
  readonly calls: Calls
}

/** Does all that is due once over. Answers whether there was something. */
async function doDue({ tools, news, calls }: Working, signal: AbortSignal): Promise<boolean> {
  const { deps } = tools
  const busy = await findBusy(deps)
  let did = false
  for (const { workspaceId, events, halts } of busy) {
    if (signal.aborted) return false
    if (events) {
      const taken = await takeEvents(deps, workspaceId)
      did ||= taken.events > 0
      for (const { workflowId, contactId } of taken.entered) news.add(workspaceId, workflowId, contactId)
    }
    if (halts) did = (await endHalted(deps, news, workspaceId)) || did
  }
  const due = await findDue(deps)
  // one at a time: more would be little faster, and all others slower
  for (const alike of groupDue(due)) {
    if (signal.aborted) return did
    for (const { workflowId, contactId, call } of await advanceRuns(tools, alike)) {
      did = true
      news.add(alike[0]!.workspace_id, workflowId, contactId)
      if (call !== null) calls.make(call)
    }
  }
  return did
}

// of every workspace: this is the installation's own work, in nobody's name
async function findBusy({ db }: Deps): Promise<{ workspaceId: number; events: boolean; halts: boolean }[]> {
  const { rows } = await sql<{ workspaceId: number; events: boolean; halts: boolean }>`
    select * from (select w.id as "workspaceId",
      exists (select from workflow_event e where e.workspace_id = w.id) as events,
      exists (select from workflow f where f.workspace_id = w.id and f.halted_before is not null) as halts
    from workspace w) busy where events or halts`.execute(db)
  return rows
}

async function findDue({ db }: Deps): Promise<Due[]> {
  const { rows } = await sql<Due>`
    select due.* from workspace w cross join lateral (
      select * from workflow_run r where r.workspace_id = w.id and r.ended_at is null and r.wake_at <= now()
      order by r.wake_at limit ${turn}) due`.execute(db)
  return rows
}

async function untilNext({ db }: Deps): Promise<number> {
  try {
    const { rows } = await sql<{ ms: number | null }>`
      select (extract(epoch from min(next.wake_at) - clock_timestamp()) * 1000)::float8 as ms
      from workspace w cross join lateral (
        select wake_at from workflow_run r where r.workspace_id = w.id and r.ended_at is null order by wake_at limit 1) next`.execute(
      db,
    )
    return Math.min(longestNapMs, Math.max(30, rows[0]?.ms ?? longestNapMs))
  } catch {
    return 1000
  }
}

/** Ends those who are to stop; none of them has done a step since. */
async function endHalted(deps: Deps, news: News, workspaceId: number): Promise<boolean> {
  return deps.db.transaction().execute(async (tx) => {
    const halting = await tx
      .selectFrom('workflow')
      .select(['id', 'halted_before', 'halt_reason', 'halted_by'])
      .where('workspace_id', '=', workspaceId)
      .where('halted_before', 'is not', null)
      .forUpdate()
      .skipLocked()
      .execute()
    for (const { id, halted_before, halt_reason, halted_by } of halting) {
      const which = sql<boolean>`r.workflow_id = ${id} and r.id < ${halted_before}`
      const by = { type: 'member' as const, id: halted_by }
      const ended = await endRuns(tx, deps, { workspaceId, end: halt_reason as RunEnd, by, which, limit: 1000 })
      for (const { workflowId, contactId } of ended) news.add(workspaceId, workflowId, contactId)
      if (ended.length === 1000) continue
      await tx
        .updateTable('workflow')
        .set({ halted_before: null })
        .where('workspace_id', '=', workspaceId)
        .where('id', '=', id)
        .execute()
    }
    return halting.length > 0
  })
}

interface News {
  add(workspaceId: number, workflowId: number, contactId: number): void
  close(): Promise<void>
}

/** Tells browsers once in a while which workflows and contacts have moved on. */
function openNews(deps: Deps): News {
  const moved = new Map<number, { workflows: Set<number>; contacts: Set<number> }>()
  let timer: NodeJS.Timeout | undefined
  let telling = Promise.resolve()
  async function tell(): Promise<void> {
    const all = [...moved]
    moved.clear()
    try {
      await deps.db.transaction().execute(async (tx) => {
        for (const [workspaceId, { workflows, contacts }] of all) {
          const many = contacts.size > mostTold
          const about: LiveNotice[] = [...(many ? [null] : workflows)].map((workflowId) => ({
            workspaceId,
            event: { type: 'workflows', workflowId },
            seenBy: null,
          }))
          const seen = many ? [] : await whoSees(tx, workspaceId, [...contacts])
          await notify(tx, [...about, ...seen])
        }
      })
    } catch (error) {
      deps.log.debug({ err: error }, 'browsers were not told of workflows')
    }
  }
  const flush = () => (telling = telling.then(tell))
  return {
    add(workspaceId, workflowId, contactId) {
      const known = moved.get(workspaceId) ?? { workflows: new Set(), contacts: new Set() }
      moved.set(workspaceId, known)
      known.workflows.add(workflowId)
      if (known.contacts.size <= mostTold) known.contacts.add(contactId)
      timer ??= setTimeout(() => {
        timer = undefined
        void flush()
      }, tellMs)
    },
    async close() {
      clearTimeout(timer)
      await flush()
    },
  }
}

async function whoSees(
  tx: Parameters<typeof notify>[0],
  workspaceId: number,
  contactIds: readonly number[],
): Promise<LiveNotice[]> {
  if (contactIds.length === 0) return []
  const states = await tx
    .selectFrom('contact_state')
    .select(['contact_id', 'assignee_id', 'team_id'])
    .where('workspace_id', '=', workspaceId)
    .where('contact_id', 'in', contactIds)
    .execute()
  return states.map(({ contact_id: contactId, assignee_id: assigneeId, team_id: teamId }) => ({
    workspaceId,
    event: { type: 'contact', contactId, cause: 'workflow', memberId: null },
    seenBy: [{ assigneeId, teamId }],
  }))
}

import { setTimeout as rest } from 'node:timers/promises'
import { sql, type Selectable } from 'kysely'
import { commitLater } from '../db/commit-later.ts'
import { notify, type LiveNotice } from '../db/notify.ts'
import type { Import } from '../db/tables.ts'
import { flushSearch } from '../contacts/flush-search.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { carryOutRows } from './carry-out-rows.ts'
import { markMade } from './mark-made.ts'
import { readAhead, type RowsAhead } from './read-ahead.ts'
import { catchUp, openTurn, overtaken, type Turn } from './turn.ts'
import { undoRows } from './undo-rows.ts'

/** So many are sorted into the search indexes at once: a word that many have costs hardly more than one that one has. */
const batchesFlushed = 4
/** Rows of one transaction. */
const usual = 500
/** So many transactions are under way at once. */
const mostUnderWay = 3
const turnMs = 10_000
/** Browsers hear of progress so often at most. */
const tellMs = 1000
/** From so many requests a second on, people would feel an import that takes all it can get. */
const busyFrom = 20
/** Then batches come one by one, and everybody else gets so much of the time of each. */
const restShare = 2
const patience = 5
/** Two waited for each other, or somebody held what this wanted for too long. */
const tangled = new Set(['40P01', '55P03'])

export type RunningImport = Selectable<Import>
const over: Done = { counts: {}, notices: [] }
export interface Done {
  readonly counts: Readonly<Record<string, number>>
  readonly notices: readonly LiveNotice[]
}

/**
 * Goes on with an import, or with taking it back, where it stands: so many rows in one transaction with how far it has come.
 * Whoever is killed in between has done whole batches, and nothing is done twice.
 */
export async function runImport(
  deps: Deps,
  { workspaceId, importId }: { workspaceId: number; importId: number },
  signal: AbortSignal,
  batch = usual,
): Promise<void> {
  const end = Date.now() + turnMs
  const run: Run = { deps, workspaceId, importId, batch, next: readAhead(deps.db, batch), toldAt: 0 }
  let [written, flushing] = [0, Promise.resolve()]
  const begin = (before: Turn | null): Turn => {
    const turn = openTurn(before)
    turn.done = takeStep(run, turn)
    // told to whoever waits for it
    turn.done.catch(() => undefined)
    return turn
  }
  const flush = async () => {
    await flushing
    flushing = flushSearch(deps)
    flushing.catch(() => undefined)
  }
  const under = [begin(null)]
  for (;;) {
    const [start, first, last] = [Date.now(), under[0]!, under.at(-1)!]
    const isDecided = under.length < mostUnderWay && (await Promise.race([decidedBy(last), doneBy(first)]))
    const isBusy = deps.traffic.perSecond() >= busyFrom
    if (isDecided && last.hasNext && !isBusy && !signal.aborted && Date.now() < end) {
      under.push(begin(last))
      continue
    }
    try {
      const isOver = !(await first.done)
      written++
      under.shift()
      if (written % batchesFlushed === 0) await flush()
      if (under.length > 0) continue
      const ends = isOver || Date.now() > end
      if (!ends && !signal.aborted) {
        if (isBusy) await rest((Date.now() - start) * restShare)
        under.push(begin(null))
        continue
      }
      await flush()
      await flushing
      if (isOver) return await deps.jobs.ring('suggest-duplicates', { workspaceId })
      if (ends) return await deps.jobs.ring('run-import', { workspaceId, importId })
      return
    } catch (error) {
      // those who were to follow end first
      await Promise.allSettled(under.map((turn) => turn.done))
      throw error
    }
  }
}

const decidedBy = (turn: Turn) => turn.decided.then(() => true)
const doneBy = (turn: Turn) =>
  turn.done.then(
    () => false,
    () => false,
  )

interface Run {
  readonly deps: Deps
  readonly workspaceId: number
  readonly importId: number
  /** Rows of one transaction. */
  readonly batch: number
  readonly next: RowsAhead
  /** When browsers were told of it last. */
  toldAt: number
}

/** Two who waited for each other: the database ended one of them, which has done nothing. */
async function takeStep(run: Run, turn: Turn): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run.deps.db.transaction().execute((tx) => step(tx, run, turn))
    } catch (error) {
      const isTangled = error instanceof Error && 'code' in error && tangled.has(String(error.code))
      if (error !== overtaken && (!isTangled || attempt > patience)) throw error
      turn.stumble()
      // it is alone from now on
      await turn.before?.done
      turn.before = null
      await rest(20 * attempt)
    }
  }
}

const fileOf = (tx: Tx, { workspaceId, importId }: Run) =>
  tx.selectFrom('import').selectAll().where('workspace_id', '=', workspaceId).where('id', '=', importId)

async function step(tx: Tx, run: Run, turn: Turn): Promise<boolean> {
  const { before } = turn
  if (before !== null) {
    const file = await fileOf(tx, run).executeTakeFirst()
    // what is over, or to be stopped, is for whoever has it alone
    if (file === undefined || file.ended_at !== null || file.cancelled_at !== null) throw overtaken
    return forward(tx, run, { ...file, done: before.from + run.batch }, turn)
  }
  const file = await fileOf(tx, run).forUpdate().executeTakeFirst()
  if (file === undefined || file.started_at === null) return false
  if (file.ended_at === null) return forward(tx, run, file, turn)
  return file.undo_asked_at !== null && file.undone_at === null ? backward(tx, run, file) : false
}

async function forward(tx: Tx, run: Run, file: RunningImport, turn: Turn): Promise<boolean> {
  const { deps, workspaceId, importId, batch, next } = run
  const isFollowing = turn.before !== null
  const isOver = !isFollowing && (file.done >= file.rows || file.cancelled_at !== null)
  turn.from = file.done
  turn.hasNext = !isOver && file.done + batch < file.rows && file.cancelled_at === null
  if (isOver) await markMade(tx, file)
  const { counts, notices } = isOver ? over : await carryOutRows(tx, deps, file, next, batch, turn)
  await catchUp(turn)
  // who followed another has not had it to itself until now
  const now = isFollowing ? await fileOf(tx, run).forUpdate().executeTakeFirst() : file
  if (now === undefined || now.done !== file.done || now.ended_at !== null) throw overtaken
  const done = isOver ? file.done : Math.min(file.done + batch, file.rows)
  await tx
    .updateTable('import')
    .set({ done, counts: JSON.stringify(sum(now.counts, counts)), ...(isOver ? { ended_at: sql<Date>`now()` } : {}) })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', importId)
    .execute()
  await tell(tx, run, notices, isOver)
  // undone by a cut of the power, these rows are simply the next ones again
  if (!isOver) await commitLater(tx)
  return !isOver
}

async function backward(tx: Tx, run: Run, file: RunningImport): Promise<boolean> {
  const { deps, workspaceId, importId, batch } = run
  const from = file.undone_from ?? file.done + 1
  const isOver = from <= 1
  const until = Math.max(1, from - batch)
  const { counts, notices } = isOver ? over : await undoRows(tx, deps, file, until, from)
  await tx
    .updateTable('import')
    .set({
      undone_from: until,
      undo_counts: JSON.stringify(sum(file.undo_counts, counts)),
      ...(isOver ? { undone_at: sql<Date>`now()` } : {}),
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', importId)
    .execute()
  await tell(tx, run, notices, isOver)
  return !isOver
}

function tell(tx: Tx, run: Run, notices: readonly LiveNotice[], isOver: boolean): Promise<void> {
  const { workspaceId, importId } = run
  const progress: LiveNotice = { workspaceId, event: { type: 'import', importId }, seenBy: null }
  const tells = isOver || Date.now() - run.toldAt > tellMs
  if (tells) run.toldAt = Date.now()
  return notify(tx, tells ? [...notices, progress] : notices)
}

function sum(known: unknown, more: Readonly<Record<string, number>>): Record<string, number> {
  const total = { ...(known as Record<string, number>) }
  for (const [name, count] of Object.entries(more)) total[name] = (total[name] ?? 0) + count
  return total
}

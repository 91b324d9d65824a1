import { setTimeout as rest } from 'node:timers/promises'
import { sql, type Selectable } from 'kysely'
import { notify, type LiveNotice } from '../db/notify.ts'
import type { Import } from '../db/tables.ts'
import { flushSearch } from '../contacts/flush-search.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { carryOutRows } from './carry-out-rows.ts'
import { markMade } from './mark-made.ts'
import { readAhead, type RowsAhead } from './read-ahead.ts'
import { undoRows } from './undo-rows.ts'

/** So many are sorted into the search indexes at once: a word that many have costs hardly more than one that one has. */
const batchesFlushed = 4
/** Rows of one transaction. */
const batch = 500
const turnMs = 3000
/** Browsers hear of progress so often at most. */
const tellMs = 1000
/** Whoever works beside it gets so much of the time. */
const restShare = 0.1
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
): Promise<void> {
  const end = Date.now() + turnMs
  const next = readAhead(deps.db, batch)
  let [told, written, flushing] = [0, 0, Promise.resolve()]
  while (!signal.aborted) {
    const start = Date.now()
    const tells = start - told > tellMs
    if (tells) told = start
    const isOver = !(await takeStep(deps, next, tells, workspaceId, importId))
    const ends = isOver || Date.now() > end
    written++
    if (ends || written % batchesFlushed === 0) {
      await flushing
      flushing = flushSearch(deps)
      // told to whoever waits for it
      flushing.catch(() => undefined)
    }
    if (!ends) {
      await rest((Date.now() - start) * restShare)
      continue
    }
    await flushing
    return isOver
      ? deps.jobs.ring('suggest-duplicates', { workspaceId })
      : deps.jobs.ring('run-import', { workspaceId, importId })
  }
}

type Step = [next: RowsAhead, tells: boolean, workspaceId: number, importId: number]

/** Two who waited for each other: the database ended one of them, which has done nothing. */
async function takeStep(deps: Deps, ...of: Step): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await deps.db.transaction().execute((tx) => step(tx, deps, ...of))
    } catch (error) {
      const isTangled = error instanceof Error && 'code' in error && tangled.has(String(error.code))
      if (!isTangled || attempt > patience) throw error
      await rest(20 * attempt)
    }
  }
}

async function step(tx: Tx, deps: Deps, ...[next, tells, workspaceId, importId]: Step): Promise<boolean> {
  const file = await tx
    .selectFrom('import')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', importId)
    .forUpdate()
    .executeTakeFirst()
  if (file === undefined || file.started_at === null) return false
  if (file.ended_at === null) return forward(tx, deps, next, tells, file)
  return file.undo_asked_at !== null && file.undone_at === null ? backward(tx, deps, tells, file) : false
}

async function forward(tx: Tx, deps: Deps, next: Step[0], tells: boolean, file: RunningImport): Promise<boolean> {
  const { workspace_id: workspaceId, id: importId } = file
  const isOver = file.done >= file.rows || file.cancelled_at !== null
  if (isOver) await markMade(tx, file)
  const { counts, notices } = isOver ? over : await carryOutRows(tx, deps, file, next, batch)
  const done = isOver ? file.done : Math.min(file.done + batch, file.rows)
  await tx
    .updateTable('import')
    .set({ done, counts: JSON.stringify(sum(file.counts, counts)), ...(isOver ? { ended_at: sql<Date>`now()` } : {}) })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', importId)
    .execute()
  await tell(tx, file, notices, tells || isOver)
  return !isOver
}

async function backward(tx: Tx, deps: Deps, tells: boolean, file: RunningImport): Promise<boolean> {
  const { workspace_id: workspaceId, id: importId } = file
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
  await tell(tx, file, notices, tells || isOver)
  return !isOver
}

function tell(tx: Tx, file: RunningImport, notices: readonly LiveNotice[], tells: boolean): Promise<void> {
  const { workspace_id: workspaceId, id: importId } = file
  const progress: LiveNotice = { workspaceId, event: { type: 'import', importId }, seenBy: null }
  return notify(tx, tells ? [...notices, progress] : notices)
}

function sum(known: unknown, more: Readonly<Record<string, number>>): Record<string, number> {
  const total = { ...(known as Record<string, number>) }
  for (const [name, count] of Object.entries(more)) total[name] = (total[name] ?? 0) + count
  return total
}

import { sql } from 'kysely'
import { ImportWish, type ImportPlan, type PlannedRow } from '#contract/imports.ts'
import type { ReadContext, Reader, Tx, WriteContext } from '../http/endpoint.ts'
import { fail, refuse } from '../http/fail.ts'
import { findImport, noCounts } from './list-imports.ts'
import { lockImport } from './lock-import.ts'
import type { ParsedInput } from './parsed-input.ts'

/** Has every row of a file judged in the background, as if it were carried out now. */
export async function startPlan(
  { tx, actor, live, enqueue }: WriteContext,
  { importId, wish }: ParsedInput<'plan'>,
): Promise<ImportPlan> {
  const { workspaceId } = actor
  const file = await lockImport({ tx, actor }, importId)
  if (file.started_at !== null) return fail('CONFLICT', { reason: 'started' })
  checkColumns(wish.columns, file.heads.length)
  const before = await loadPlan(tx, workspaceId, importId)
  // it is being done
  if (before !== null && before.endedAt === null && JSON.stringify(before.wish) === JSON.stringify(wish)) return before
  await sql`
    insert into import_plan (workspace_id, import_id, plan, wish)
    values (${workspaceId}, ${importId}, 1, ${JSON.stringify(wish)}::jsonb)
    on conflict (workspace_id, import_id) do update
      set plan = import_plan.plan + 1, wish = excluded.wish, asked_at = now(), done = 0, counts = '{}', ended_at = null`.execute(
    tx,
  )
  await enqueue('plan-import', { workspaceId, importId })
  live({ event: { type: 'importPlan', importId }, seenBy: null })
  return (await loadPlan(tx, workspaceId, importId)) ?? fail('NOT_FOUND')
}

/** How far the rows of a file are judged, and what came of it. */
export async function getPlan(
  { db, actor }: ReadContext,
  { importId }: ParsedInput<'getPlan'>,
): Promise<{ plan: ImportPlan | null }> {
  await findImport(db, actor.workspaceId, importId)
  return { plan: await loadPlan(db, actor.workspaceId, importId) }
}

async function loadPlan(db: Reader | Tx, workspaceId: number, importId: number): Promise<ImportPlan | null> {
  const row = await db
    .selectFrom('import_plan')
    .innerJoin('import', (join) =>
      join
        .onRef('import.workspace_id', '=', 'import_plan.workspace_id')
        .onRef('import.id', '=', 'import_plan.import_id'),
    )
    .select([
      'plan',
      'import_plan.wish',
      'import_plan.done',
      'import_plan.counts',
      'import_plan.ended_at',
      'import.rows',
    ])
    .where('import_plan.workspace_id', '=', workspaceId)
    .where('import_plan.import_id', '=', importId)
    .executeTakeFirst()
  if (row === undefined) return null
  return {
    number: row.plan,
    wish: ImportWish.parse(row.wish),
    rows: row.rows,
    done: row.done,
    counts: { ...noCounts, ...(row.counts as ImportPlan['counts']) },
    endedAt: row.ended_at?.toISOString() ?? null,
  }
}

/** What would become of rows, in the order of the file, one page. */
export async function listPlanned(
  { db, actor }: ReadContext,
  { importId, outcome, after, limit }: ParsedInput<'planned'>,
): Promise<{ items: PlannedRow[]; next: number | null }> {
  const { workspaceId } = actor
  await findImport(db, workspaceId, importId)
  const rows = await db
    .selectFrom('import_plan')
    .innerJoin('import_plan_row as judged', (join) =>
      join
        .onRef('judged.workspace_id', '=', 'import_plan.workspace_id')
        .onRef('judged.import_id', '=', 'import_plan.import_id')
        .onRef('judged.plan', '=', 'import_plan.plan'),
    )
    .innerJoin('import_row', (join) =>
      join
        .onRef('import_row.workspace_id', '=', 'judged.workspace_id')
        .onRef('import_row.import_id', '=', 'judged.import_id')
        .onRef('import_row.place', '=', 'judged.place'),
    )
    .select([
      'judged.place',
      'import_row.line',
      'import_row.cells',
      'judged.outcome',
      'judged.reasons',
      'judged.contact_id',
    ])
    .where('import_plan.workspace_id', '=', workspaceId)
    .where('import_plan.import_id', '=', importId)
    .where('judged.place', '>', after)
    .$if(outcome != null, (query) => query.where('judged.outcome', '=', outcome!))
    .orderBy('judged.place')
    .limit(limit + 1)
    .execute()
  const items = rows.slice(0, limit).map((row) => ({
    line: row.line,
    outcome: row.outcome as PlannedRow['outcome'],
    reasons: row.reasons as unknown as PlannedRow['reasons'],
    contactId: row.contact_id,
    cells: row.cells,
  }))
  return { items, next: rows.length > limit ? rows[limit - 1]!.place : null }
}

/** Each target once, as many as the file has columns. */
export function checkColumns(columns: ImportWish['columns'], heads: number): void {
  if (columns.length !== heads)
    refuse('wish.columns', 'length', `The file has ${heads} columns: say what each is read as.`)
  const twice = columns.findIndex((target, at) => target !== null && columns.indexOf(target) !== at)
  if (twice !== -1) refuse(`wish.columns.${twice}`, 'twice', 'Another column is read as this already.')
  if (columns.every((target) => target === null))
    refuse('wish.columns', 'empty', 'Choose what at least one column is read as.')
}

import { setTimeout as rest } from 'node:timers/promises'
import { sql } from 'kysely'
import { ImportWish } from '#contract/imports.ts'
import { notify } from '../db/notify.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { judgeRows, type JudgedRow, type KeysToCome } from './judge-rows.ts'
import { loadContext, readRows, readRowsAt, type NextRow } from './read-ahead.ts'
import type { RowContext } from './read-row.ts'

/** Rows of one transaction: some tenths of a second. */
const usual = 500
const mostRecalled = 2000
const turnMs = 3000
/** Browsers hear of progress so often at most. */
const tellMs = 500
/** Whoever works beside it gets so much of the time. */
const restShare = 0.2

interface Which {
  readonly workspaceId: number
  readonly importId: number
}

/**
 * Goes on with judging the rows of a file where it stands: so many rows in one transaction with how far it has come. Nothing but
 * the plan is written, and no more than a batch is held in memory.
 */
export async function runPlan(deps: Deps, which: Which, signal: AbortSignal, batch = usual): Promise<void> {
  const end = Date.now() + turnMs
  let told = 0
  await forgetOldPlans(deps, which, signal)
  while (!signal.aborted) {
    const start = Date.now()
    const tells = start - told > tellMs
    if (tells) told = start
    if (!(await deps.db.transaction().execute((tx) => step(tx, deps, which, tells, batch)))) return
    if (Date.now() > end) return deps.jobs.ring('plan-import', which)
    await rest((Date.now() - start) * restShare)
  }
}

async function step(
  tx: Tx,
  { clock }: Deps,
  { workspaceId, importId }: Which,
  tells: boolean,
  batch: number,
): Promise<boolean> {
  const plan = await tx
    .selectFrom('import_plan')
    .innerJoin('import', (join) =>
      join
        .onRef('import.workspace_id', '=', 'import_plan.workspace_id')
        .onRef('import.id', '=', 'import_plan.import_id'),
    )
    .select(['import_plan.plan', 'import_plan.wish', 'import_plan.done', 'import_plan.counts', 'import.rows'])
    .where('import_plan.workspace_id', '=', workspaceId)
    .where('import_plan.import_id', '=', importId)
    .where('import_plan.ended_at', 'is', null)
    .where('import.started_at', 'is', null)
    .forUpdate('import_plan')
    .executeTakeFirst()
  if (plan === undefined) return false
  const context = await loadContext(tx, workspaceId, ImportWish.parse(plan.wish))
  const file = { workspace_id: workspaceId, id: importId }
  const rows = await readRows(tx, file, context, plan.done, batch)
  const of = { workspaceId, importId, plan: plan.plan }
  const earlier = await findKeys(tx, of, rows)
  const { judged, keys } = await judgeRows(tx, { workspaceId, importId, now: clock.now() }, context, {
    rows,
    earlier,
    recall: (people) => recallRows(tx, of, context, people),
  })
  await writeJudged(tx, of, judged, keys)
  const counts = { ...(plan.counts as Record<string, number>) }
  for (const { outcome } of judged) counts[outcome] = (counts[outcome] ?? 0) + 1
  const done = Math.min(plan.done + batch, plan.rows)
  const isOver = done >= plan.rows
  await tx
    .updateTable('import_plan')
    .set({ done, counts: JSON.stringify(counts), ...(isOver ? { ended_at: sql<Date>`now()` } : {}) })
    .where('workspace_id', '=', workspaceId)
    .where('import_id', '=', importId)
    .execute()
  if (tells || isOver) await notify(tx, [{ workspaceId, event: { type: 'importPlan', importId }, seenBy: null }])
  return !isOver
}

type Plan = Which & { readonly plan: number }

async function findKeys(tx: Tx, { workspaceId, importId, plan }: Plan, rows: readonly NextRow[]): Promise<KeysToCome> {
  const asked = [...new Set(rows.flatMap(({ keys }) => keys))]
  if (asked.length === 0) return new Map()
  const { rows: found } = await sql<{ key: string; holder: number | null }>`
    select key, coalesce(contact_id, -place) as holder from import_plan_key
    where workspace_id = ${workspaceId} and import_id = ${importId} and plan = ${plan}
      and key = any(${asked}::text[])`.execute(tx)
  return new Map(found.map(({ key, holder }) => [key, holder]))
}

/** Rows of this plan that would make or change people, the last of them: hardly anybody has more. */
async function recallRows(
  tx: Tx,
  { workspaceId, importId, plan }: Plan,
  context: RowContext,
  people: readonly number[],
): Promise<{ about: number; row: NextRow }[]> {
  const contactIds = people.filter((id) => id > 0)
  const places = people.flatMap((id) => (id < 0 ? [-id] : []))
  const { rows } = await sql<{ about: number; place: number }>`
    select -place as about, place from unnest(${places}::integer[]) made (place)
    union all (
      select coalesce(contact_id, -of_place), place from import_plan_row
      where workspace_id = ${workspaceId} and import_id = ${importId} and plan = ${plan} and outcome = 'updated'
        and (contact_id = any(${contactIds}::bigint[]) or of_place = any(${places}::integer[]))
      order by place desc limit ${mostRecalled})
    order by place`.execute(tx)
  const file = { workspace_id: workspaceId, id: importId }
  const read = await readRowsAt(
    tx,
    file,
    context,
    rows.map(({ place }) => place),
  )
  const byPlace = new Map(read.map((row) => [row.place, row]))
  return rows.flatMap(({ about, place }) => {
    const row = byPlace.get(place)
    return row === undefined ? [] : [{ about, row }]
  })
}

async function writeJudged(
  tx: Tx,
  { workspaceId, importId, plan }: Plan,
  judged: readonly JudgedRow[],
  keys: KeysToCome,
): Promise<void> {
  await sql`
    insert into import_plan_row (workspace_id, import_id, plan, place, outcome, reasons, contact_id, of_place)
    select ${workspaceId}, ${importId}, ${plan}::integer, place, outcome, reasons, case when about > 0 then about end,
      case when about < 0 then -about end
    from unnest(${judged.map(({ place }) => place)}::integer[], ${judged.map(({ outcome }) => outcome)}::text[],
      ${judged.map(({ reasons }) => JSON.stringify(reasons))}::jsonb[], ${judged.map(({ about }) => about)}::bigint[])
      judged (place, outcome, reasons, about)`.execute(tx)
  const all = [...keys]
  if (all.length > 0)
    await sql`
      insert into import_plan_key as known (workspace_id, import_id, plan, key, contact_id, place)
      select ${workspaceId}, ${importId}, ${plan}::integer, key, case when holder > 0 then holder end,
        case when holder < 0 then -holder end
      from unnest(${all.map(([key]) => key)}::text[], ${all.map(([, holder]) => holder)}::bigint[]) one (key, holder)
      on conflict (workspace_id, import_id, plan, key) do update
        set contact_id = excluded.contact_id, place = excluded.place`.execute(tx)
}

/** What was judged by another wish goes, in small pieces; `all`: also what is judged by the last one. */
export async function forgetOldPlans(
  { db }: Pick<Deps, 'db'>,
  { workspaceId, importId }: Which,
  signal: AbortSignal,
  all = false,
): Promise<void> {
  const old = sql`workspace_id = ${workspaceId} and import_id = ${importId} and (${all} or plan < coalesce((
    select p.plan from import_plan p where p.workspace_id = ${workspaceId} and p.import_id = ${importId}), 2147483647))`
  for (const table of ['import_plan_row', 'import_plan_key'])
    for (let left = 1n; left > 0n && !signal.aborted;) {
      const gone = await sql`
        delete from ${sql.table(table)} where ctid = any(array(
          select ctid from ${sql.table(table)} where ${old} limit 5000))`.execute(db)
      left = gone.numAffectedRows ?? 0n
    }
  if (all && !signal.aborted)
    await sql`delete from import_plan where workspace_id = ${workspaceId} and import_id = ${importId}`.execute(db)
}

import { sql } from 'kysely'
import type { Deps } from '../deps.ts'
import { daysKept } from './list-imports.ts'
import { runImport } from './run-import.ts'
import { forgetOldPlans, runPlan } from './run-plan.ts'

/** Puts this slice's acts behind their doorbells. */
export async function startImportJobs(deps: Deps): Promise<void> {
  await deps.jobs.work('run-import', (one, signal) => runImport(deps, one, signal))
  await deps.jobs.work('plan-import', (one, signal) => runPlan(deps, one, signal))
  await deps.jobs.work('tend-imports', (_all, signal) => tendImports(deps, signal))
}

/** Rings for imports whose doorbell was lost with a process; lets go of rows, and of files that were never started. */
export async function tendImports({ db, jobs }: Pick<Deps, 'db' | 'jobs'>, signal: AbortSignal): Promise<void> {
  const running = await sql<{ workspace_id: number; id: number }>`
    select workspace_id, id from import
    where (started_at is not null and ended_at is null) or (undo_asked_at is not null and undone_at is null)
    limit 100`.execute(db)
  for (const { workspace_id, id } of running.rows) {
    if (signal.aborted) return
    await jobs.ring('run-import', { workspaceId: workspace_id, importId: id })
  }
  await tendPlans({ db, jobs }, signal)
  const { rows: old } = await sql<{ workspace_id: number; id: number; unused: boolean }>`
    select workspace_id, id, started_at is null as unused from import
    where (started_at is null and uploaded_at < now() - interval '1 day')
      or (ended_at < now() - ${daysKept} * interval '1 day' and (undo_asked_at is null or undone_at is not null)
        and exists (select from import_row r where r.workspace_id = import.workspace_id and r.import_id = import.id))
    limit 100`.execute(db)
  for (const { workspace_id, id, unused } of old) {
    for (let left = 1n; left > 0n && !signal.aborted;) {
      const gone = await sql`
        with next as materialized (
          select place from import_row where workspace_id = ${workspace_id} and import_id = ${id} limit 1000
        ), keys as (
          delete from import_row_key where workspace_id = ${workspace_id} and import_id = ${id}
            and place in (select place from next)
        )
        delete from import_row where workspace_id = ${workspace_id} and import_id = ${id}
          and place in (select place from next)`.execute(db)
      left = gone.numAffectedRows ?? 0n
    }
    if (unused && !signal.aborted)
      await sql`delete from import where workspace_id = ${workspace_id} and id = ${id}`.execute(db)
  }
}

/** Rings for plans whose doorbell was lost, and lets go of those whose file has been started or is gone. */
async function tendPlans({ db, jobs }: Pick<Deps, 'db' | 'jobs'>, signal: AbortSignal): Promise<void> {
  const { rows } = await sql<{ workspace_id: number; import_id: number; is_over: boolean }>`
    select p.workspace_id, p.import_id, i.id is null or i.started_at is not null as is_over
    from import_plan p left join import i on i.workspace_id = p.workspace_id and i.id = p.import_id
    where p.ended_at is null or i.id is null or i.started_at is not null limit 100`.execute(db)
  for (const { workspace_id: workspaceId, import_id: importId, is_over: isOver } of rows) {
    if (signal.aborted) return
    if (isOver) await forgetOldPlans({ db }, { workspaceId, importId }, signal, true)
    else await jobs.ring('plan-import', { workspaceId, importId })
  }
}

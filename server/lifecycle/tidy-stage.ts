import { sql } from 'kysely'
import { notify } from '../db/notify.ts'
import type { Deps } from '../deps.ts'

/** Rows looked at by one statement: small enough that nobody who works meanwhile notices. */
const chunk = 2000

/** Takes a stage that is gone off every record, in batches, also off contacts that are part of others. */
export async function tidyStage(
  { db }: Pick<Deps, 'db'>,
  { workspaceId, stageId }: { workspaceId: number; stageId: number },
  signal: AbortSignal,
): Promise<void> {
  const { rows: still } = await sql`
    select from lifecycle_stage where workspace_id = ${workspaceId} and id = ${stageId}`.execute(db)
  if (still.length > 0) return
  const said = sql`own #>> '{lifecycle,value}' = ${String(stageId)}`
  for (let from = 0; ;) {
    signal.throwIfAborted()
    const { rows } = await sql<{ last: number | null }>`
      with looked as materialized (
        select id from contact where workspace_id = ${workspaceId} and id > ${from} order by id limit ${chunk}
      ), left_stage as (
        update contact set lifecycle_id = nullif(lifecycle_id, ${stageId}),
          own = case when ${said} then jsonb_set(own, '{lifecycle,value}', 'null') else own end
        where workspace_id = ${workspaceId} and id in (select id from looked)
          and (lifecycle_id = ${stageId} or ${said})
      )
      select max(id) as last from looked`.execute(db)
    const last = rows[0]?.last ?? null
    if (last === null) break
    from = last
  }
  await db.transaction().execute((tx) => notify(tx, [{ workspaceId, event: { type: 'lifecycle' }, seenBy: null }]))
}

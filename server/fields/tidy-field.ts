import { sql } from 'kysely'
import type { Deps } from '../deps.ts'

/** Rows looked at by one statement: small enough that nobody who works meanwhile notices. */
const chunk = 2000

/**
 * Sweeps the values of a field that is gone off every record, in batches: what is found by them, then what is kept of them, also
 * by contacts that are part of others. Nobody sees them meanwhile.
 */
export async function tidyField(
  { db }: Pick<Deps, 'db'>,
  { workspaceId, fieldId }: { workspaceId: number; fieldId: number },
  signal: AbortSignal,
): Promise<void> {
  const { rows: still } = await sql`
    select from custom_field where workspace_id = ${workspaceId} and id = ${fieldId}`.execute(db)
  if (still.length > 0) return
  for (const table of ['field_num', 'field_str'])
    for (;;) {
      signal.throwIfAborted()
      const { numAffectedRows } = await sql`
        delete from ${sql.table(table)} where ctid = any(array(select ctid from ${sql.table(table)}
          where workspace_id = ${workspaceId} and field_id = ${fieldId} limit ${chunk}))`.execute(db)
      if (numAffectedRows === 0n) break
    }
  const key = `#${fieldId}`
  for (let from = 0; ;) {
    signal.throwIfAborted()
    const { rows } = await sql<{ last: number | null }>`
      with looked as materialized (
        select id from contact where workspace_id = ${workspaceId} and id > ${from} order by id limit ${chunk}
      ), forgotten as (
        update contact set fields = fields - ${String(fieldId)}::text, own = own - ${key}::text
        where workspace_id = ${workspaceId} and id in (select id from looked)
          and (fields ? ${String(fieldId)} or own ? ${key})
      ), untraced as (
        update contact_provenance set p = p - ${key}::text
        where workspace_id = ${workspaceId} and contact_id in (select id from looked) and p ? ${key}
      )
      select max(id) as last from looked`.execute(db)
    const last = rows[0]?.last ?? null
    if (last === null) return
    from = last
  }
}

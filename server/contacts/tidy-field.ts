import { sql } from 'kysely'
import type { Deps } from '../deps.ts'
import { findAnew, walkHolders } from './walk-holders.ts'

/** Rows of one statement: few enough that nobody who works meanwhile notices. */
const chunk = 1000

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
  await walkHolders({ db }, { workspaceId, fieldId }, signal, async (tx, { ids, rootIds }) => {
    const [id, key] = [String(fieldId), `#${fieldId}`]
    await sql`
      with untraced as (
        update contact_provenance set p = p - ${key}::text
        where workspace_id = ${workspaceId} and contact_id = any(${ids}::bigint[])
      )
      update contact set fields = fields - ${id}::text, own = own - ${key}::text
      where workspace_id = ${workspaceId} and id = any(${ids}::bigint[])`.execute(tx)
    await findAnew(tx, workspaceId, rootIds)
  })
}

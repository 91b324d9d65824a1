import { sql } from 'kysely'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { indexTexts } from './write-contacts.ts'

/** Rows looked at in one transaction: small enough that nobody who works meanwhile notices. */
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
  for (let from: number | null = 0; from !== null;) {
    signal.throwIfAborted()
    const after: number = from
    from = await db.transaction().execute((tx) => tidyRecords(tx, workspaceId, fieldId, after))
  }
}

/** Goes through the records that follow a number; answers the last one, null where there are no more. */
async function tidyRecords(tx: Tx, workspaceId: number, fieldId: number, from: number): Promise<number | null> {
  const [id, key] = [String(fieldId), `#${fieldId}`]
  const { rows } = await sql<{ id: number; root_id: number; holds: boolean }>`
    select id, coalesce(root_id, id) as root_id, coalesce(fields ? ${id} or own ? ${key}, fields ? ${id}) as holds
    from contact where workspace_id = ${workspaceId} and id > ${from} order by id limit ${chunk}`.execute(tx)
  const last = rows.at(-1)?.id ?? null
  const ids = rows.filter(({ holds }) => holds).map((row) => row.id)
  if (ids.length === 0) return last
  const rootIds = [...new Set(rows.filter(({ holds }) => holds).map(({ root_id }) => root_id))]
  // whoever changes a record or the tree it stands in holds this lock
  await sql`
    select from contact_state where workspace_id = ${workspaceId} and contact_id = any(${rootIds}::bigint[])
    order by contact_id for update`.execute(tx)
  await sql`
    with untraced as (
      update contact_provenance set p = p - ${key}::text
      where workspace_id = ${workspaceId} and contact_id = any(${ids}::bigint[])
    )
    update contact set fields = fields - ${id}::text, own = own - ${key}::text
    where workspace_id = ${workspaceId} and id = any(${ids}::bigint[])`.execute(tx)
  await findAnew(tx, workspaceId, rootIds)
  return last
}

/** Nobody is found by what the field held any more. */
async function findAnew(tx: Tx, workspaceId: number, rootIds: readonly number[]): Promise<void> {
  const roots = await tx
    .selectFrom('contact')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', 'in', rootIds)
    .execute()
  await indexTexts(tx, workspaceId, roots)
}

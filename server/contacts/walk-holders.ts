import { sql } from 'kysely'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { indexTexts } from './write-contacts.ts'

/** Rows looked at in one transaction: small enough that nobody who works meanwhile notices. */
const chunk = 1000

interface Holders {
  /** Who holds a value, also as part of another, or said one before it was merged. */
  readonly ids: readonly number[]
  /** Those who stand for them, their states locked. */
  readonly rootIds: readonly number[]
}

/** Goes through everybody who holds a value in a field, in batches of their own transactions. */
export async function walkHolders(
  { db }: Pick<Deps, 'db'>,
  { workspaceId, fieldId }: { workspaceId: number; fieldId: number },
  signal: AbortSignal,
  act: (tx: Tx, holders: Holders) => Promise<void>,
): Promise<void> {
  for (let from: number | null = 0; from !== null;) {
    signal.throwIfAborted()
    const after: number = from
    from = await db.transaction().execute((tx) => batch(tx, workspaceId, fieldId, after, act))
  }
}

/** Goes through the records that follow a number; answers the last one, null where there are no more. */
async function batch(
  tx: Tx,
  workspaceId: number,
  fieldId: number,
  from: number,
  act: (tx: Tx, holders: Holders) => Promise<void>,
): Promise<number | null> {
  const [id, key] = [String(fieldId), `#${fieldId}`]
  const { rows } = await sql<{ id: number; root_id: number; holds: boolean }>`
    select id, coalesce(root_id, id) as root_id, coalesce(fields ? ${id} or own ? ${key}, fields ? ${id}) as holds
    from contact where workspace_id = ${workspaceId} and id > ${from} order by id limit ${chunk}`.execute(tx)
  const holders = rows.filter(({ holds }) => holds)
  if (holders.length > 0) {
    const rootIds = [...new Set(holders.map(({ root_id }) => root_id))]
    // whoever changes a record or the tree it stands in holds this lock
    await sql`
      select from contact_state where workspace_id = ${workspaceId} and contact_id = any(${rootIds}::bigint[])
      order by contact_id for update`.execute(tx)
    await act(tx, { ids: holders.map((row) => row.id), rootIds })
  }
  return rows.at(-1)?.id ?? null
}

/** Has contacts found by what they and those they stand for say now. */
export async function findAnew(tx: Tx, workspaceId: number, rootIds: readonly number[]): Promise<void> {
  const roots = await tx
    .selectFrom('contact')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', 'in', rootIds)
    .execute()
  await indexTexts(tx, workspaceId, roots)
}

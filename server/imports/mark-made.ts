import { sql } from 'kysely'
import type { Tx } from '../http/endpoint.ts'
import type { RunningImport } from './run-import.ts'

/** Rows of the file that one statement looks through. */
const stretch = 20_000

/**
 * Has everybody whom an import made compared with everybody else, in the transaction that ends it: while it runs, comparing
 * them would take the time of the import, and most of it twice.
 */
export async function markMade(tx: Tx, { workspace_id, id, done }: RunningImport): Promise<void> {
  for (let after = 0; after < done; after += stretch)
    // who has no key is like nobody; asked one by one, as a guess of how many there are may lead through all keys
    await sql`
      insert into identity_due (workspace_id, contact_id)
      select r.workspace_id, r.contact_id from import_row r
      cross join lateral (
        select from identity_key k where k.workspace_id = r.workspace_id and k.contact_id = r.contact_id limit 1
      ) known
      where r.workspace_id = ${workspace_id} and r.import_id = ${id} and r.outcome = 'added'
        and r.place > ${after}::integer and r.place <= ${after + stretch}::integer
      order by r.contact_id on conflict do nothing`.execute(tx)
}

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
    // who has no key is like nobody. Found as two sets: whatever is guessed of how many there are, neither is gone through for each of
    // the other; what they were given are numbers that follow each other, so hardly anybody else's keys are between them
    await sql`
      with made as materialized (
        select contact_id from import_row where workspace_id = ${workspace_id} and import_id = ${id} and outcome = 'added'
          and place > ${after}::integer and place <= ${after + stretch}::integer
      )
      insert into identity_due (workspace_id, contact_id)
      select ${workspace_id}::bigint, contact_id from (
        select contact_id, true as is_made from made
        union all
        select contact_id, false from identity_key where workspace_id = ${workspace_id}
          and contact_id between (select min(contact_id) from made) and (select max(contact_id) from made)
      ) one group by contact_id having bool_or(is_made) and not bool_and(is_made)
      order by contact_id on conflict do nothing`.execute(tx)
}

import { sql } from 'kysely'
import type { Tx } from '../http/endpoint.ts'

/**
 * This transaction is committed without waiting for the disk. Of a machine that loses its power in the next moment it may be undone,
 * as a whole: for what is taken up again then, and for nothing that anybody was told. A server that is killed loses nothing.
 */
export async function commitLater(tx: Tx): Promise<void> {
  await sql`set local synchronous_commit = off`.execute(tx)
}

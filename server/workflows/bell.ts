import { sql } from 'kysely'
import { workflowBell } from '../db/notify.ts'
import type { Tx } from '../http/endpoint.ts'

/** Rings for runs that have something to do when, and only when, the transaction commits. */
export async function ringRuns(tx: Tx): Promise<void> {
  await sql`select pg_notify(${workflowBell}, '')`.execute(tx)
}

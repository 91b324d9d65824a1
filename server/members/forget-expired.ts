import { sql, type Kysely } from 'kysely'
import type { DB } from '../db/tables.ts'

/** Sessions, proofs and counts whose time is over. Safe at any time, by any process. */
export async function forgetExpired(db: Kysely<DB>): Promise<void> {
  await sql`delete from auth.session where expires_at < now()`.execute(db)
  await sql`delete from auth.verification where expires_at < now()`.execute(db)
  await sql`delete from auth.throttle where resets_at < now()`.execute(db)
}

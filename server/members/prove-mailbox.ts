import { sql, type Kysely } from 'kysely'
import type { DB } from '../db/tables.ts'
import { endStreamsWithin } from './end-streams.ts'

/** A link that only travelled by mail was used: the mailbox is theirs. Their former sessions are gone by now. */
export async function proveMailbox(db: Kysely<DB>, personId: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`update auth.person set email_verified = true where id = ${personId}`.execute(tx)
    await endStreamsWithin(tx, personId)
  })
}

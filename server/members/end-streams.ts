import { sql, type Kysely, type Transaction } from 'kysely'
import { notify } from '../db/notify.ts'
import type { DB } from '../db/tables.ts'

/**
 * Ends a person's live streams in every process: their sessions changed. Those whose session still stands come back by
 * themselves within a moment.
 */
export async function endStreamsOf(db: Kysely<DB>, personId: string): Promise<void> {
  await db.transaction().execute((tx) => endStreamsWithin(tx, personId))
}

export async function endStreamsWithin(tx: Transaction<DB>, personId: string): Promise<void> {
  const found = await sql<{ workspace_id: number; id: number }>`
    select workspace_id, id from member where user_id = ${personId} and removed_at is null`.execute(tx)
  await notify(
    tx,
    found.rows.map((member) => ({
      workspaceId: member.workspace_id,
      event: { type: 'members' },
      seenBy: [],
      endsStreamsOf: member.id,
    })),
  )
}

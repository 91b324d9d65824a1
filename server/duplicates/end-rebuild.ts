import { sql, type Kysely } from 'kysely'
import type { DB } from '../db/tables.ts'

/** All contacts have been compared anew when nothing is due any more. */
export async function endRebuild(db: Kysely<DB>, workspaceId: number): Promise<void> {
  await sql`delete from suggestion_rebuild where workspace_id = ${workspaceId} and total is not null
    and not exists (select from identity_due where workspace_id = ${workspaceId})`.execute(db)
}

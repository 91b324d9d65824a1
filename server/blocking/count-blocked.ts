import { sql } from 'kysely'
import type { ReadContext } from '../http/endpoint.ts'

/** More than this is "1 000+". */
const countedTo = 1000

/** How many contacts are blocked. */
export async function countBlocked({ db, actor: { workspaceId } }: ReadContext): Promise<{ blocked: number }> {
  const { rows } = await sql<{ blocked: number }>`
    select count(*)::int as blocked from (select from contact
      where workspace_id = ${workspaceId} and blocked_at is not null and root_id is null limit ${countedTo}) c`.execute(
    db,
  )
  return rows[0]!
}

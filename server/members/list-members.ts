import { sql } from 'kysely'
import type { ReadContext } from '../http/endpoint.ts'
import { memberColumns, memberOf } from './member-row.ts'

/** Everybody who is a member now, by name. */
export async function listMembers({ db, actor }: ReadContext) {
  const rows = await db
    .selectFrom('member')
    .select(memberColumns)
    .where('workspace_id', '=', actor.workspaceId)
    .where('removed_at', 'is', null)
    .orderBy(sql`name collate "und-x-icu"`)
    .orderBy('id')
    .execute()
  return { items: rows.map((row) => memberOf(row, actor)) }
}

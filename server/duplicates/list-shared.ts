import { sql } from 'kysely'
import { readCursor, writeCursor } from '../db/page-cursor.ts'
import type { ReadContext } from '../http/endpoint.ts'
import type { ParsedInput } from './parsed-input.ts'
import { showShared, type SharedRow } from './show-shared.ts'

/** Values that say nothing of who somebody is: those the workspace named and those that many have, most shared first. */
export async function listShared({ db, actor: { workspaceId } }: ReadContext, input: ParsedInput<'sharedIdentifiers'>) {
  const list = `shared:${workspaceId}`
  const [holders, key] = readCursor(list, input.cursor) ?? []
  const after = holders === undefined ? sql`true` : sql`(-holders, key) > (-${holders}::int, ${key}::text collate "C")`
  const { rows } = await sql<SharedRow>`
    select * from (
      select coalesce(s.key, b.key) as key, coalesce(s.holders, 0) as holders, b.blocked_at, m.name as blocked_by
      from (select * from shared_key where workspace_id = ${workspaceId}) s
      full join (select * from blocked_value where workspace_id = ${workspaceId}) b on b.key = s.key
      left join member m on m.workspace_id = ${workspaceId} and m.id = b.blocked_by
    ) shared
    where ${after} order by holders desc, key limit ${input.limit + 1}`.execute(db)
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  return {
    items: page.map(showShared),
    next: rows.length > input.limit && last !== undefined ? writeCursor(list, [String(last.holders), last.key]) : null,
  }
}

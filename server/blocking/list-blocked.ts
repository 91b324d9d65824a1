import { sql } from 'kysely'
import type { BlockedContact } from '#contract/blocking.ts'
import { loadBlocks } from '../contacts/load-blocks.ts'
import { loadSummaries } from '../contacts/load-summaries.ts'
import { matchesSearch } from '../contacts/match-search.ts'
import { readCursor, writeCursor } from '../db/page-cursor.ts'
import type { ReadContext } from '../http/endpoint.ts'
import type { ParsedInput } from './parsed-input.ts'

/** Who is blocked, newest first. */
export async function listBlocked(
  { db, actor: { workspaceId } }: ReadContext,
  { q = '', cursor, limit }: ParsedInput<'list'>,
): Promise<{ items: BlockedContact[]; next: string | null }> {
  const list = `blocked:${workspaceId}:${q}`
  const [at, id] = readCursor(list, cursor) ?? []
  const after =
    at === undefined
      ? sql`true`
      : sql`c.blocked_at <= ${at}::timestamptz and (c.blocked_at < ${at}::timestamptz or c.id > ${id}::bigint)`
  const { rows } = await sql<{ id: number; place: string[] }>`
    select c.id, array[c.blocked_at::text, c.id::text] as place
    from contact c join contact_state s on s.workspace_id = c.workspace_id and s.contact_id = c.id
    where c.workspace_id = ${workspaceId} and c.blocked_at is not null and c.root_id is null and ${after}
      and ${matchesSearch(q)}
    order by c.blocked_at desc, c.id limit ${limit + 1}`.execute(db)
  const page = rows.slice(0, limit)
  const ids = page.map((row) => row.id)
  const [contacts, blocks] = await Promise.all([loadSummaries(db, workspaceId, ids), loadBlocks(db, workspaceId, ids)])
  const items = ids.flatMap((each) => {
    const [contact, block] = [contacts.get(each), blocks.get(each)]
    return contact === undefined || block === undefined ? [] : [{ contact, block }]
  })
  const last = page.at(-1)
  return { items, next: rows.length > limit && last !== undefined ? writeCursor(list, last.place) : null }
}

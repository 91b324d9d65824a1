import { sql } from 'kysely'
import type { Block } from '#contract/contacts.ts'
import type { Reader, Tx } from '../http/endpoint.ts'

/** More than this is "many". */
const countedTo = 1000

interface Row {
  id: number
  blocked_at: Date
  blocked_by: string | null
  reason: string | null
  held: number
  kept: number
}

/** How live contacts are blocked, by number; what came for those they have absorbed counts with theirs. */
export async function loadBlocks(
  db: Reader | Tx,
  workspaceId: number,
  contactIds: readonly number[],
): Promise<Map<number, Block>> {
  if (contactIds.length === 0) return new Map()
  const { rows } = await sql<Row>`
    select b.contact_id as id, b.blocked_at, member.name as blocked_by, b.reason, parts.held, kept.count as kept
    from contact_block b
    left join member on member.workspace_id = b.workspace_id and member.id = b.blocked_by
    cross join lateral (
      select array_agg(part.contact_id) as ids, sum(part.held)::int as held from contact_block part
      where part.workspace_id = b.workspace_id and part.contact_id in (
        select b.contact_id union all
        select c.id from contact c where c.workspace_id = b.workspace_id and c.root_id = b.contact_id)) parts
    cross join lateral (
      select count(*)::int as count from (select from held_message h
        where h.workspace_id = b.workspace_id and h.contact_id = any(parts.ids)
          and h.released_at is null and h.dropped_at is null limit ${countedTo}) k) kept
    where b.workspace_id = ${workspaceId} and b.contact_id = any(${contactIds}::bigint[])`.execute(db)
  return new Map(rows.map((row) => [row.id, showBlock(row)]))
}

const showBlock = ({ blocked_at, blocked_by, reason, held, kept }: Row): Block => ({
  at: blocked_at.toISOString(),
  by: blocked_by,
  reason,
  held,
  kept,
})

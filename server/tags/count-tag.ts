import { sql } from 'kysely'
import type { ReadContext, Reader, Tx } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import type { ParsedInput } from './parsed-input.ts'

/** How many contacts hold a tag. */
export async function countTag(
  { db, actor }: ReadContext,
  { tagId }: ParsedInput<'count'>,
): Promise<{ contacts: number }> {
  const tag = await db
    .selectFrom('tag')
    .select('id')
    .where('workspace_id', '=', actor.workspaceId)
    .where('id', '=', tagId)
    .where('merged_into', 'is', null)
    .executeTakeFirst()
  return tag === undefined ? fail('NOT_FOUND') : { contacts: await countHolders(db, actor.workspaceId, tagId) }
}

/** Counts every one of them, those too that still carry it under the number of a tag that has become part of it. */
export async function countHolders(db: Reader | Tx, workspaceId: number, tagId: number): Promise<number> {
  const { rows } = await sql<{ contacts: number }>`
    select count(distinct h.contact_id)::integer as contacts from tag t
    join contact_tag h on h.workspace_id = t.workspace_id and h.tag_id = t.id
    where t.workspace_id = ${workspaceId} and (t.id = ${tagId} or t.merged_into = ${tagId})`.execute(db)
  return rows[0]?.contacts ?? 0
}

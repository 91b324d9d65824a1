import { sql } from 'kysely'
import { visibilityOf } from '#contract/policy.ts'
import type { TagRow } from '#contract/tags.ts'
import type { Actor, ReadContext, Reader, Tx } from '../http/endpoint.ts'

/** Far enough to tell a tag that is used from one that is not, and never a long count. */
const countedTo = 1000

/** The workspace's tags by name. */
export async function listTags({ db, actor }: Pick<ReadContext, 'db' | 'actor'>): Promise<{ items: TagRow[] }> {
  return { items: await loadTagRows(db, actor) }
}

/** Whoever sees only some contacts learns nothing of how many there are. */
export async function loadTagRows(db: Reader | Tx, actor: Actor, tagId: number | null = null): Promise<TagRow[]> {
  const contacts =
    visibilityOf(actor).kind === 'all'
      ? sql`(select count(*)::integer from (select from contact_tag h
          where h.workspace_id = t.workspace_id and h.tag_id = t.id limit ${countedTo}) held)`
      : sql`null::integer`
  const { rows } = await sql<TagRow>`
    select t.id, t.name, t.colour, t.emoji, t.description, ${contacts} as contacts from tag t
    where t.workspace_id = ${actor.workspaceId} and t.merged_into is null
      ${tagId === null ? sql`` : sql`and t.id = ${tagId}`}
    order by t.name_key`.execute(db)
  return rows
}

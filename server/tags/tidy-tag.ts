import { sql } from 'kysely'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { notify } from '../db/notify.ts'

/** Contacts rewritten in one transaction: small enough that nobody who works on one of them notices. */
export const tidiedAtOnce = 500

/**
 * Rewrites contacts that carry the number of a tag that is gone: under the number of the one it has become part of, or
 * without it. Everybody reads them right meanwhile. Answers how many contacts it looked at; 0 means that none is left.
 */
export async function tidyTag(tx: Tx, workspaceId: number, tagId: number): Promise<number> {
  const target = await lockTarget(tx, workspaceId, tagId)
  if (target === 'stays') return 0
  const held = await tx
    .selectFrom('contact_tag')
    .select('contact_id')
    .where('workspace_id', '=', workspaceId)
    .where('tag_id', '=', tagId)
    .orderBy('contact_id')
    .limit(tidiedAtOnce)
    .execute()
  if (held.length === 0) return 0
  const ids = held.map(({ contact_id }) => contact_id)
  await sql`
    select from contact_state where workspace_id = ${workspaceId} and contact_id = any(${ids}::bigint[])
    order by contact_id for update`.execute(tx)
  const rewritten = (column: 'tags' | 'own_tags') => {
    const [list, gone] = [sql.ref(`c.${column}`), sql`${tagId}::integer`]
    if (target === null) return sql`${sql.ref(column)} = array_remove(${list}, ${gone})`
    return sql`${sql.ref(column)} = case when ${list} @> array[${target}::integer] then array_remove(${list}, ${gone})
      else array_replace(${list}, ${gone}, ${target}::integer) end`
  }
  // whoever was absorbed while we waited for their lock is rewritten with their survivor, in another round
  await sql`
    with roots as (
      select id from contact where workspace_id = ${workspaceId} and id = any(${ids}::bigint[]) and root_id is null
    ), forgotten as (
      delete from contact_tag
      where workspace_id = ${workspaceId} and tag_id = ${tagId} and contact_id = any(${ids}::bigint[])
    ), kept as (
      insert into contact_tag (workspace_id, tag_id, contact_id)
      select ${workspaceId}, ${target}::bigint, id from roots where ${target}::bigint is not null on conflict do nothing
    )
    update contact c set ${rewritten('tags')}, ${rewritten('own_tags')}
    where c.workspace_id = ${workspaceId} and c.id in (
      select id from roots union all
      select m.id from contact m join roots on m.root_id = roots.id where m.workspace_id = ${workspaceId}
    ) and (c.tags @> array[${tagId}::integer] or c.own_tags @> array[${tagId}::integer])`.execute(tx)
  return ids.length
}

/** The tag it has become part of, which cannot go while we work; null where it is nothing any more. */
async function lockTarget(tx: Tx, workspaceId: number, tagId: number): Promise<number | null | 'stays'> {
  for (;;) {
    const seen = await tx
      .selectFrom('tag')
      .select('merged_into')
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', tagId)
      .executeTakeFirst()
    if (seen === undefined) return null
    if (seen.merged_into === null) return 'stays'
    const locked = await tx
      .selectFrom('tag')
      .select(['id', 'merged_into'])
      .where('workspace_id', '=', workspaceId)
      .where('id', 'in', [tagId, seen.merged_into])
      .orderBy('id')
      .forShare()
      .execute()
    // both rows are locked in order; whoever had to wait may have to look for another
    if (locked.length === 2 && locked.find(({ id }) => id === tagId)?.merged_into === seen.merged_into)
      return seen.merged_into
  }
}

/** Goes on in batches until nobody carries the tag any more, then tells the browsers that lists have changed. */
export async function tidyTagOfAll(
  { db }: Deps,
  { workspaceId, tagId }: { workspaceId: number; tagId: number },
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    signal.throwIfAborted()
    // until there is none: what a merge moved to a survivor while we waited for its lock is found by another look
    if ((await db.transaction().execute((tx) => tidyTag(tx, workspaceId, tagId))) === 0) break
  }
  await db.transaction().execute((tx) => notify(tx, [{ workspaceId, event: { type: 'tags' }, seenBy: null }]))
}

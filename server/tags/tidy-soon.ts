import { sql } from 'kysely'
import type { WriteContext } from '../http/endpoint.ts'
import { tidiedAtOnce, tidyTag } from './tidy-tag.ts'

/** Rewrites the contacts that carry tags which are gone: at once where they are few, else by a job. */
export async function tidySoon({ tx, actor, enqueue }: WriteContext, tagIds: readonly number[]): Promise<void> {
  const { workspaceId } = actor
  for (const tagId of tagIds) {
    const { rows } = await sql<{ many: boolean }>`
      select count(*) >= ${tidiedAtOnce} as many from (select from contact_tag
        where workspace_id = ${workspaceId} and tag_id = ${tagId} limit ${tidiedAtOnce}) held`.execute(tx)
    if (rows[0]?.many === true) await enqueue('tidy-tag', { workspaceId, tagId })
    else while ((await tidyTag(tx, workspaceId, tagId)) > 0);
  }
}

import { sql } from 'kysely'
import { prepared } from '../db/prepared.ts'
import type { Tx } from '../http/endpoint.ts'

/** Episodes that end because their contact has become part of another. */
interface Ending {
  readonly conversationIds: readonly number[]
  readonly at: Date
  readonly by: number
}

/**
 * Puts contacts, with the links and episodes born on them, under their live contact: `roots` says under which. A handful of
 * rows, whatever they have exchanged: messages stay with the contact they were born on.
 */
export async function moveOwners(
  tx: Tx,
  workspaceId: number,
  roots: ReadonlyMap<number, number>,
  ending: Ending | null = null,
): Promise<void> {
  const moved = sql`unnest(${[...roots.keys()]}::bigint[], ${[...roots.values()]}::bigint[]) moved (id, root_id)`
  const ended = sql`conversation.id = any(${ending?.conversationIds ?? []}::bigint[])`
  await sql`${prepared}
    with links as (
      update contact_channel set owner_id = moved.root_id from ${moved}
      where contact_channel.workspace_id = ${workspaceId} and contact_channel.contact_id = moved.id
    ), episodes as (
      update conversation set owner_id = moved.root_id,
        closed_at = case when ${ended} then ${ending?.at ?? null}::timestamptz else closed_at end,
        closed_source = case when ${ended} then 'merge' else closed_source end,
        closed_by = case when ${ended} then ${ending?.by ?? null}::bigint else closed_by end
      from ${moved}
      where conversation.workspace_id = ${workspaceId} and conversation.contact_id = moved.id
    ), found as (
      update contact_search set live = moved.id = moved.root_id from ${moved}
      where contact_search.workspace_id = ${workspaceId} and contact_search.contact_id = moved.id
    ), untagged as (
      delete from contact_tag using ${moved} join contact part on part.id = moved.id
      where part.workspace_id = ${workspaceId} and contact_tag.workspace_id = part.workspace_id
        and contact_tag.contact_id = moved.id and contact_tag.tag_id = any(part.tags) and moved.root_id <> moved.id
    )
    update contact set root_id = nullif(moved.root_id, moved.id) from ${moved}
    where contact.workspace_id = ${workspaceId} and contact.id = moved.id`.execute(tx)
}

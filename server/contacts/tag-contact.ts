import { sql } from 'kysely'
import type { ContactDetails } from '#contract/contacts.ts'
import { recordActivity } from '../activity/record-activity.ts'
import type { Tx, WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { findOrMakeTags } from '../tags/find-or-make-tags.ts'
import { holdTags } from '../tags/hold-tags.ts'
import { loadContactDetails } from './load-contact-details.ts'
import { lockVisibleRoot } from './lock-root.ts'
import type { ParsedInput } from './parsed-input.ts'

/** More than a record can show to any use. */
export const mostTags = 100

/** Puts tags on a contact, beside those it has; names that nobody has used yet become tags. */
export async function tagContact(
  context: WriteContext,
  { contactId: asked, tagIds, names }: ParsedInput<'tag'>,
): Promise<ContactDetails> {
  const { tx, deps, actor, live } = context
  const named = await findOrMakeTags(context, names)
  const wanted = await holdTags(tx, actor.workspaceId, [...tagIds, ...named])
  const state = await lockVisibleRoot(tx, actor, asked)
  const { workspace_id: workspaceId, contact_id: contactId } = state
  const held = await findHeldTags(tx, workspaceId, contactId)
  const added = wanted.filter(({ id }) => !held.has(id))
  if (held.size + added.length > mostTags) return fail('CONFLICT', { reason: 'too-many-tags' })
  if (added.length > 0) {
    await putTagsOn(
      tx,
      workspaceId,
      contactId,
      added.map(({ id }) => id),
    )
    const by = { type: actor.via, id: actor.memberId }
    await recordActivity(
      tx,
      deps.clock,
      workspaceId,
      added.map(({ id, name }) => ({ contactId, kind: 'tagAdded', actor: by, data: { tagId: id, name } })),
    )
    live({
      event: { type: 'contact', contactId, cause: 'tagged', memberId: actor.memberId },
      seenBy: [{ assigneeId: state.assignee_id, teamId: state.team_id }],
    })
  }
  return loadContactDetails(tx, deps, actor, contactId)
}

/** The tags that a contact shows, by number. */
export async function findHeldTags(tx: Tx, workspaceId: number, contactId: number): Promise<Set<number>> {
  const { rows } = await sql<{ id: number }>`
    select coalesce(t.merged_into, t.id) as id from contact c
    join tag t on t.workspace_id = c.workspace_id and t.id = any(c.tags)
    where c.workspace_id = ${workspaceId} and c.id = ${contactId}`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}

/** Puts tags on a contact that has none of them; its state is locked. */
export async function putTagsOn(
  tx: Tx,
  workspaceId: number,
  contactId: number,
  tagIds: readonly number[],
): Promise<void> {
  await sql`
    with found as (
      insert into contact_tag (workspace_id, tag_id, contact_id)
      select ${workspaceId}, id, ${contactId} from unnest(${tagIds}::bigint[]) added (id) on conflict do nothing
    )
    update contact set tags = tags || ${tagIds}::integer[], version = version + 1,
      own_tags = case when own_tags is not null then own_tags || ${tagIds}::integer[] end
    where workspace_id = ${workspaceId} and id = ${contactId}`.execute(tx)
}

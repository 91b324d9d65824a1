import { sql } from 'kysely'
import type { ContactDetails } from '#contract/contacts.ts'
import { recordActivity } from '../activity/record-activity.ts'
import type { Tx, WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { loadContactDetails } from './load-contact-details.ts'
import { lockVisibleRoot } from './lock-root.ts'
import type { ParsedInput } from './parsed-input.ts'

interface Named {
  /** As it was asked for. */
  readonly asked: number
  /** As people see it. */
  readonly id: number
  readonly name: string
  /** Every number under which a contact may carry it. */
  readonly numbers: number[]
  readonly held: boolean
}

/** Takes tags off a contact. Off all whom it has absorbed as well: if they are parted again, nobody gets back what was taken off. */
export async function untagContact(
  { tx, deps, actor, live }: WriteContext,
  { contactId: asked, tagIds }: ParsedInput<'untag'>,
): Promise<ContactDetails> {
  const state = await lockVisibleRoot(tx, actor, asked)
  const { workspace_id: workspaceId, contact_id: contactId } = state
  const named = await findNamed(tx, workspaceId, contactId, tagIds)
  if (named.length < new Set(tagIds).size) return fail('NOT_FOUND')
  const taken = [...new Map(named.filter(({ held }) => held).map((tag) => [tag.id, tag])).values()]
  if (taken.length > 0) {
    await takeTagsOff(
      tx,
      workspaceId,
      contactId,
      taken.flatMap(({ numbers }) => numbers),
    )
    const by = { type: actor.via, id: actor.memberId }
    await recordActivity(
      tx,
      deps.clock,
      workspaceId,
      taken.map(({ id, name }) => ({ contactId, kind: 'tagRemoved', actor: by, data: { tagId: id, name } })),
    )
    live({
      event: { type: 'contact', contactId, cause: 'untagged', memberId: actor.memberId },
      seenBy: [{ assigneeId: state.assignee_id, teamId: state.team_id }],
    })
  }
  return loadContactDetails(tx, deps, actor, contactId)
}

async function findNamed(tx: Tx, workspaceId: number, contactId: number, tagIds: readonly number[]): Promise<Named[]> {
  const { rows } = await sql<Named>`
    select asked.id as asked, t.id, t.name, array_agg(same.id) as numbers, bool_or(same.id = any(c.tags)) as held
    from contact c
    join tag asked on asked.workspace_id = c.workspace_id and asked.id = any(${tagIds}::bigint[])
    join tag t on t.workspace_id = asked.workspace_id and t.id = coalesce(asked.merged_into, asked.id)
    join tag same on same.workspace_id = t.workspace_id and (same.id = t.id or same.merged_into = t.id)
    where c.workspace_id = ${workspaceId} and c.id = ${contactId}
    group by asked.id, t.id, t.name`.execute(tx)
  return rows
}

/** Takes tags, by all their numbers, off a contact and off those it has absorbed. */
export async function takeTagsOff(
  tx: Tx,
  workspaceId: number,
  contactId: number,
  numbers: readonly number[],
): Promise<void> {
  const without = (column: 'tags' | 'own_tags') => sql`case when ${sql.ref(column)} is not null then array(
    select id from unnest(${sql.ref(column)}) with ordinality listed (id, place)
    where id <> all(${numbers}::integer[]) order by place) end`
  await sql`
    with forgotten as (
      delete from contact_tag
      where workspace_id = ${workspaceId} and contact_id = ${contactId} and tag_id = any(${numbers}::bigint[])
    )
    update contact set tags = ${without('tags')}, own_tags = ${without('own_tags')},
      version = case id when ${contactId} then version + 1 else version end
    where workspace_id = ${workspaceId} and (id = ${contactId} or root_id = ${contactId})`.execute(tx)
}

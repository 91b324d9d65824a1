import { sql } from 'kysely'
import type { ContactDetails } from '#contract/contacts.ts'
import { recordActivity } from '../activity/record-activity.ts'
import { timeOfId } from '../db/message-clock.ts'
import type { Tx, WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { loadContactDetails } from '../contacts/load-contact-details.ts'
import { notifyMembers } from '../notifications/notify-members.ts'
import { activityActor } from './actor-of.ts'
import { findAssignee, type Person } from './find-assignee.ts'
import { lockVisibleState, type LockedState } from './lock-state.ts'
import type { ParsedInput } from './parsed-input.ts'

/**
 * Gives a contact to a member, or to nobody. `replaces` says whom the actor saw there: somebody else's assignment made
 * meanwhile is shown instead of being overwritten. The answer is the contact as it now stands, even where the actor has
 * just given it out of their own sight.
 */
export async function assignContact(
  { tx, deps, actor, now, live }: WriteContext,
  input: ParsedInput<'assign'>,
): Promise<ContactDetails> {
  const state = await lockVisibleState(tx, actor, input.contactId)
  const { workspaceId, contactId } = state
  if (input.replaces !== undefined && input.replaces !== state.assigneeId && input.memberId !== state.assigneeId)
    return refuseStale(tx, state)
  if (input.memberId === state.assigneeId) return loadContactDetails(tx, deps, actor, contactId)
  const to = input.memberId === null ? null : await findAssignee(tx, workspaceId, input.memberId)
  const from = state.assigneeId === null ? null : await findPerson(tx, workspaceId, state.assigneeId)
  const teamId = to?.teamId ?? null
  await tx
    .updateTable('contact_state')
    .set({ assignee_id: input.memberId, team_id: teamId })
    .where('workspace_id', '=', workspaceId)
    .where('contact_id', '=', contactId)
    .execute()
  await keepAsOwn(tx, workspaceId, contactId, input.memberId)
  if (state.conversationId !== null)
    await tx
      .updateTable('conversation')
      .set({ assignee_id: input.memberId, ...(to === null ? {} : { last_assigned_at: now }) })
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', state.conversationId)
      .execute()
  await recordActivity(tx, deps.clock, workspaceId, [
    {
      contactId,
      kind: to === null ? 'unassigned' : 'assigned',
      actor: activityActor(actor),
      data: { from, to: to === null ? null : { memberId: to.memberId, name: to.name } },
    },
  ])
  if (to !== null && to.memberId !== actor.memberId) {
    const news = { workspaceId, contactId, kind: 'assigned', actorId: actor.memberId, messageId: null } as const
    for (const notice of await notifyMembers(tx, deps, { ...news, memberIds: [to.memberId] })) live(notice)
  }
  const seenBy = [
    { assigneeId: state.assigneeId, teamId: state.teamId },
    { assigneeId: input.memberId, teamId },
  ]
  live({
    event: { type: 'conversation', contactId, messageId: null, cause: 'assigned', memberId: actor.memberId },
    seenBy,
  })
  return loadContactDetails(tx, deps, actor, contactId)
}

/** A contact that has absorbed others keeps whom somebody chose for it, whatever becomes of its merges. */
async function keepAsOwn(tx: Tx, workspaceId: number, contactId: number, memberId: number | null): Promise<void> {
  await sql`
    update contact set version = version + 1, own = jsonb_set(own, '{assignee}',
      jsonb_build_object('value', ${memberId}::bigint::text, 'origin', null, 'version', version + 1))
    where workspace_id = ${workspaceId} and id = ${contactId} and own is not null`.execute(tx)
}

async function findPerson(tx: Tx, workspaceId: number, memberId: number): Promise<Person> {
  const member = await tx
    .selectFrom('member')
    .select('name')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', memberId)
    .executeTakeFirst()
  return { memberId, name: member?.name ?? '' }
}

async function refuseStale(tx: Tx, { workspaceId, contactId, assigneeId }: LockedState): Promise<never> {
  const last = await tx
    .selectFrom('activity')
    .leftJoin('member', (join) =>
      join.onRef('member.workspace_id', '=', 'activity.workspace_id').onRef('member.id', '=', 'activity.actor_id'),
    )
    .select(['activity.id', 'member.name'])
    .where('activity.workspace_id', '=', workspaceId)
    .where('activity.contact_id', '=', contactId)
    .where('activity.kind', 'in', ['assigned', 'unassigned'])
    .orderBy('activity.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return fail('STALE', {
    fields: [
      {
        field: 'assignee',
        current: assigneeId === null ? null : await findPerson(tx, workspaceId, assigneeId),
        by: last?.name ?? null,
        at: last === undefined ? null : timeOfId(last.id).toISOString(),
      },
    ],
  })
}

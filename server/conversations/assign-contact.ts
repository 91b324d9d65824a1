import { sql } from 'kysely'
import type { ContactDetails } from '#contract/contacts.ts'
import { recordActivity, type ActivityActor } from '../activity/record-activity.ts'
import { timeOfId } from '../db/clock.ts'
import type { LiveNotice } from '../db/notify.ts'
import type { Deps } from '../deps.ts'
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
  for (const notice of await giveContact(tx, deps, state, { to, by: activityActor(actor), at: now })) live(notice)
  return loadContactDetails(tx, deps, actor, contactId)
}

/** Gives a contact, its state locked, to somebody who will see it, or to nobody. Answers what browsers must hear. */
export async function giveContact(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  state: LockedState,
  { to, by, at }: { to: (Person & { teamId: number | null }) | null; by: ActivityActor; at: Date },
): Promise<Omit<LiveNotice, 'workspaceId'>[]> {
  const { workspaceId, contactId } = state
  const from = state.assigneeId === null ? null : await findPerson(tx, workspaceId, state.assigneeId)
  const assigneeId = to?.memberId ?? null
  const teamId = to?.teamId ?? null
  await tx
    .updateTable('contact_state')
    .set({ assignee_id: assigneeId, team_id: teamId })
    .where('workspace_id', '=', workspaceId)
    .where('contact_id', '=', contactId)
    .execute()
  await keepAsOwn(tx, workspaceId, contactId, assigneeId)
  if (state.conversationId !== null)
    await tx
      .updateTable('conversation')
      .set({ assignee_id: assigneeId, ...(to === null ? {} : { last_assigned_at: at }) })
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', state.conversationId)
      .execute()
  await recordActivity(tx, deps.clock, workspaceId, [
    {
      contactId,
      kind: to === null ? 'unassigned' : 'assigned',
      actor: by,
      data: { from, to: to === null ? null : { memberId: to.memberId, name: to.name } },
    },
  ])
  const memberId = by.type === 'workflow' ? null : by.id
  const news =
    to === null || to.memberId === memberId
      ? []
      : await notifyMembers(tx, deps, {
          workspaceId,
          contactId,
          kind: 'assigned',
          actorId: memberId,
          messageId: null,
          memberIds: [to.memberId],
        })
  const seenBy = [
    { assigneeId: state.assigneeId, teamId: state.teamId },
    { assigneeId, teamId },
  ]
  return [...news, { event: { type: 'conversation', contactId, messageId: null, cause: 'assigned', memberId }, seenBy }]
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

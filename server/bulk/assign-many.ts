import { sql } from 'kysely'
import type { BulkJob } from '#contract/bulk.ts'
import { recordActivity } from '../activity/record-activity.ts'
import { findNames } from '../contacts/find-names.ts'
import { findAssignee } from '../conversations/find-assignee.ts'
import { notify } from '../db/notify.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { mostTold, notThere, type BulkAct } from './bulk-act.ts'
import { lockMany, type LockedContact } from './lock-many.ts'
import type { ParsedInput } from './parsed-input.ts'
import { startJob } from './start-job.ts'

interface Wish {
  readonly memberId: number | null
}

/** Has many contacts given to a member, or to nobody. */
export async function startAssigning(
  context: WriteContext,
  { selection, memberId }: ParsedInput<'assign'>,
): Promise<BulkJob> {
  if (memberId !== null) await findAssignee(context.tx, context.actor.workspaceId, memberId)
  const wish: Wish = { memberId }
  return startJob(context, 'assign', selection, { wish })
}

/** Assigning as an act on many contacts. */
export const assigning: BulkAct = {
  async carryOut(tx, work, contactIds) {
    const { workspaceId } = work
    const { memberId } = work.wish as Wish
    const to = memberId === null ? null : await findAssignee(tx, workspaceId, memberId).catch(() => undefined)
    if (to === undefined) return notThere(contactIds)
    const { locked, failures } = await lockMany(tx, workspaceId, contactIds)
    const changed = locked.filter(({ assigneeId }) => assigneeId !== memberId)
    const ids = changed.map(({ id }) => id)
    const teamId = to?.teamId ?? null
    await sql`
      with stated as (
        update contact_state set assignee_id = ${memberId}::bigint, team_id = ${teamId}::bigint
        where workspace_id = ${workspaceId} and contact_id = any(${ids}::bigint[])
      ), talks as (
        update conversation set assignee_id = ${memberId}::bigint,
          last_assigned_at = case when ${memberId}::bigint is null then last_assigned_at else now() end
        where workspace_id = ${workspaceId} and id = any(${changed.flatMap(({ conversationId }) => conversationId ?? [])}::bigint[])
      )
      update contact set version = version + 1, own = jsonb_set(own, '{assignee}',
        jsonb_build_object('value', ${memberId}::bigint::text, 'origin', null, 'version', version + 1))
      where workspace_id = ${workspaceId} and id = any(${ids}::bigint[]) and own is not null`.execute(tx)
    const names = await findNames(
      tx,
      workspaceId,
      changed.map(({ assigneeId }) => assigneeId),
      [],
    )
    const was = ({ assigneeId }: LockedContact) =>
      assigneeId === null ? null : { memberId: assigneeId, name: names.member(assigneeId) ?? '' }
    await recordActivity(
      tx,
      work.deps.clock,
      workspaceId,
      changed.map((contact) => ({
        contactId: contact.id,
        kind: to === null ? 'unassigned' : 'assigned',
        actor: work.by,
        data: { from: was(contact), to: to === null ? null : { memberId: to.memberId, name: to.name } },
      })),
    )
    if (changed.length <= mostTold)
      await notify(
        tx,
        changed.map(({ id, assigneeId, teamId: teamBefore }) => ({
          workspaceId,
          event: { type: 'conversation', contactId: id, messageId: null, cause: 'assigned', memberId: work.by.id },
          seenBy: [
            { assigneeId, teamId: teamBefore },
            { assigneeId: memberId, teamId },
          ],
        })),
      )
    return {
      touchedIds: locked.map(({ id }) => id),
      failures,
      counts: { assigned: changed.length },
      unfinished: false,
    }
  },
}

import { sql } from 'kysely'
import { recordActivity } from '../activity/record-activity.ts'
import { recordAudit } from '../activity/record-audit.ts'
import type { Tx, WriteContext } from '../http/endpoint.ts'
import { lockAccess } from './lock-access.ts'

/**
 * Ends a membership: contacts become unassigned, tokens and open invitations are worth nothing, live streams end in every
 * process. The row stays, so that the history keeps its names.
 */
export async function removeMember({ tx, actor, deps, now, live }: WriteContext, { memberId }: { memberId: number }) {
  const member = await lockAccess(tx, actor, memberId)
  const { workspaceId } = actor
  await tx
    .updateTable('member')
    .set({ removed_at: now, removed_by: actor.memberId })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', memberId)
    .execute()
  const contactIds = await unassign(tx, workspaceId, memberId)
  for (let at = 0; at < contactIds.length; at += 1000) {
    const entries = contactIds.slice(at, at + 1000).map((contactId) => ({
      contactId,
      kind: 'unassigned' as const,
      actor: { type: actor.via, id: actor.memberId },
      data: { from: { memberId, name: member.name }, to: null, cause: 'memberRemoved' as const },
    }))
    await recordActivity(tx, deps.clock, workspaceId, entries)
  }
  await tx
    .updateTable('api_token')
    .set({ revoked_at: now, revoked_by: actor.memberId })
    .where('workspace_id', '=', workspaceId)
    .where('member_id', '=', memberId)
    .where('revoked_at', 'is', null)
    .execute()
  await tx
    .updateTable('invitation')
    .set({ revoked_at: now, revoked_by: actor.memberId })
    .where('workspace_id', '=', workspaceId)
    .where('invited_by', '=', memberId)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .execute()
  await endLastSessions(tx, member.user_id)
  await recordAudit(tx, deps.clock, actor, 'memberRemoved', {
    memberId,
    name: member.name,
    from: { role: member.role },
    contacts: contactIds.length,
  })
  live({ event: { type: 'members' }, seenBy: null, endsStreamsOf: memberId })
  return {}
}

async function unassign(tx: Tx, workspaceId: number, memberId: number): Promise<number[]> {
  const contacts = await tx
    .updateTable('contact_state')
    .set({ assignee_id: null, team_id: null })
    .where('workspace_id', '=', workspaceId)
    .where('assignee_id', '=', memberId)
    .returning('contact_id')
    .execute()
  await tx
    .updateTable('conversation')
    .set({ assignee_id: null })
    .where('workspace_id', '=', workspaceId)
    .where('assignee_id', '=', memberId)
    .where('closed_at', 'is', null)
    .execute()
  return contacts.map((row) => row.contact_id)
}

/** Somebody who is a member nowhere any more is signed out; a member of other workspaces stays signed in for those. */
async function endLastSessions(tx: Tx, userId: string): Promise<void> {
  await sql`delete from auth.session where person_id = ${userId}
    and not exists (select from member where user_id = ${userId} and removed_at is null)`.execute(tx)
}

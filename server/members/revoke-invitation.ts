import { recordAudit } from '../activity/record-audit.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { lockInvitation } from './lock-invitation.ts'

/** The link is dead from now on. */
export async function revokeInvitation(
  { tx, actor, deps, now, live }: WriteContext,
  { invitationId }: { invitationId: number },
) {
  const { email } = await lockInvitation(tx, actor, invitationId)
  await tx
    .updateTable('invitation')
    .set({ revoked_at: now, revoked_by: actor.memberId })
    .where('workspace_id', '=', actor.workspaceId)
    .where('id', '=', invitationId)
    .execute()
  await recordAudit(tx, deps.clock, actor, 'invitationRevoked', { invitationId, name: email })
  live({ event: { type: 'members' }, seenBy: null })
  return {}
}

import { mayManageMember, type Role } from '#contract/policy.ts'
import type { Actor, Tx } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'

/** An open invitation that this member may handle, held until the transaction ends. Fails NOT_FOUND or FORBIDDEN. */
export async function lockInvitation(tx: Tx, actor: Actor, invitationId: number): Promise<{ email: string }> {
  const found = await tx
    .selectFrom('invitation')
    .select(['email', 'role'])
    .where('workspace_id', '=', actor.workspaceId)
    .where('id', '=', invitationId)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (found === undefined) return fail('NOT_FOUND')
  if (!mayManageMember(actor, { memberId: null, role: found.role as Role }))
    return fail('FORBIDDEN', { reason: 'agents-only' })
  return found
}

import type { InferContractRouterInputs } from '@orpc/contract'
import type { invitations } from '#contract/members.ts'
import { mayManageMember } from '#contract/policy.ts'
import { recordAudit } from '../activity/record-audit.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { checkAccess } from './check-access.ts'
import { handOutInvitation } from './hand-out-invitation.ts'
import { invitationTokenHash, makeInvitationToken } from './invitation-token.ts'
import { needAddress } from './need-address.ts'
import { teamName } from './team-name.ts'

type Input = InferContractRouterInputs<typeof invitations>['create']

/** Invites an address to a role; one open invitation per address, one that ran out makes room for a new one. */
export async function inviteMember(context: WriteContext, input: Input) {
  const { tx, actor, deps, now, live } = context
  if (!mayManageMember(actor, { memberId: null, role: input.role })) return fail('FORBIDDEN', { reason: 'agents-only' })
  const email = needAddress(input.email)
  const { role, restrictions, teamId } = await checkAccess(tx, actor.workspaceId, input)
  const member = await tx
    .selectFrom('member')
    .select('id')
    .where('workspace_id', '=', actor.workspaceId)
    .where('email', '=', email)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (member !== undefined) return fail('CONFLICT', { reason: 'already-member', field: 'email' })

  await tx
    .updateTable('invitation')
    .set({ revoked_at: now })
    .where('workspace_id', '=', actor.workspaceId)
    .where('email', '=', email)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '<=', now)
    .execute()
  const id = await deps.numbers.next(actor.workspaceId, 'invitation')
  const made = await tx
    .insertInto('invitation')
    .values({
      workspace_id: actor.workspaceId,
      id,
      email,
      role,
      restrictions: [...restrictions],
      team_id: teamId,
      // replaced at once, when the link is handed out
      token_hash: invitationTokenHash(makeInvitationToken()),
      invited_by: actor.memberId,
      expires_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (made === undefined) return fail('CONFLICT', { reason: 'already-invited', field: 'email' })
  await recordAudit(tx, deps.clock, actor, 'memberInvited', {
    invitationId: id,
    name: email,
    to: { role, restrictions, team: await teamName(tx, actor.workspaceId, teamId) },
  })
  live({ event: { type: 'members' }, seenBy: null })
  return handOutInvitation(context, id)
}

import { mayManageMember, type Restriction, type Role } from '#contract/policy.ts'
import type { Reader } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { invitationTokenHash } from './invitation-token.ts'

/**
 * The open invitation behind a link. It stands only as long as the one who invited may still invite to that role: what a
 * removed or demoted member handed out is worth nothing. Fails NOT_FOUND.
 */
export async function findInvitation(db: Reader, token: string, now: Date) {
  const found = await db
    .selectFrom('invitation as i')
    .innerJoin('workspace as w', 'w.id', 'i.workspace_id')
    .innerJoin('member as m', (join) =>
      join
        .onRef('m.workspace_id', '=', 'i.workspace_id')
        .onRef('m.id', '=', 'i.invited_by')
        .on('m.removed_at', 'is', null),
    )
    .select(['i.workspace_id', 'i.id', 'i.email', 'i.role', 'i.restrictions', 'i.team_id', 'i.mailed'])
    .select(['w.name as workspace_name', 'm.id as inviter_id', 'm.name as inviter_name', 'm.role as inviter_role'])
    .where('i.token_hash', '=', invitationTokenHash(token))
    .where('i.accepted_at', 'is', null)
    .where('i.revoked_at', 'is', null)
    .where('i.expires_at', '>', now)
    .executeTakeFirst()
  if (found === undefined) return fail('NOT_FOUND')
  const role = found.role as Role
  const inviter = { memberId: found.inviter_id, role: found.inviter_role as Role, restrictions: [] }
  if (!mayManageMember(inviter, { memberId: null, role })) return fail('NOT_FOUND')
  return { ...found, role, restrictions: found.restrictions as Restriction[] }
}

import { mayManageMember, type Restriction, type Role } from '#contract/policy.ts'
import type { Actor, Tx } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { memberColumns } from './member-row.ts'

/**
 * The member whose access is about to change, locked together with the one who changes it, always in the order of their
 * numbers. Their rights are read again under the lock: of two Owners who demote each other at once the second is no Owner
 * any more when its turn comes. As nobody may touch their own access, the Owner who acts always stays: a workspace is
 * never without one. Fails NOT_FOUND or FORBIDDEN.
 */
export async function lockAccess(tx: Tx, actor: Actor, memberId: number, newRole?: Role) {
  const rows = await tx
    .selectFrom('member')
    .select([...memberColumns, 'user_id'])
    .where('workspace_id', '=', actor.workspaceId)
    .where('id', 'in', [actor.memberId, memberId])
    .where('removed_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  const self = rows.find((row) => row.id === actor.memberId)
  const target = rows.find((row) => row.id === memberId)
  if (self === undefined) return fail('UNAUTHENTICATED')
  if (target === undefined) return fail('NOT_FOUND')
  if (target === self) return fail('FORBIDDEN', { reason: 'own-access' })
  const access = {
    memberId: self.id,
    role: self.role as Role,
    restrictions: self.restrictions as Restriction[],
  }
  const change = { memberId, role: target.role as Role, ...(newRole === undefined ? {} : { newRole }) }
  if (!mayManageMember(access, change)) return fail('FORBIDDEN', { reason: 'agents-only' })
  return target
}

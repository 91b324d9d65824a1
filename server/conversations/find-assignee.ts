import { type Access, type Role, type Restriction, sees } from '#contract/policy.ts'
import type { Tx } from '../http/endpoint.ts'
import { refuse } from '../http/fail.ts'

export interface Person {
  readonly memberId: number
  readonly name: string
}

/** Only a member of this workspace, and only one who will see what they are given. */
export async function findAssignee(tx: Tx, workspaceId: number, memberId: number): Promise<Person & Access> {
  const member = await tx
    .selectFrom('member')
    .select(['id', 'name', 'role', 'restrictions', 'team_id'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', memberId)
    .where('removed_at', 'is', null)
    .forShare()
    .executeTakeFirst()
  if (member === undefined) return refuse('memberId', 'unknown', 'There is no such member in this workspace.')
  const access = {
    memberId,
    name: member.name,
    role: member.role as Role,
    restrictions: member.restrictions as Restriction[],
    teamId: member.team_id,
  }
  if (!sees(access, { assigneeId: memberId, teamId: member.team_id }))
    return refuse(
      'memberId',
      'cannot-see',
      'This member would not see the contact: they may see their team only, and have none.',
    )
  return access
}

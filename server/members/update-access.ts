import type { InferContractRouterInputs } from '@orpc/contract'
import type { members } from '#contract/members.ts'
import { recordAudit } from '../activity/record-audit.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { checkAccess } from './check-access.ts'
import { lockAccess } from './lock-access.ts'
import { memberOf } from './member-row.ts'
import { teamName } from './team-name.ts'

type Input = InferContractRouterInputs<typeof members>['updateAccess']

/** Gives a member another role, other restrictions, another team; it holds from their next request on. */
export async function updateAccess({ tx, actor, deps, live }: WriteContext, input: Input) {
  const before = await lockAccess(tx, actor, input.memberId, input.role)
  const { role, restrictions, teamId } = await checkAccess(tx, actor.workspaceId, input)
  await tx
    .updateTable('member')
    .set({ role, restrictions: [...restrictions], team_id: teamId })
    .where('workspace_id', '=', actor.workspaceId)
    .where('id', '=', input.memberId)
    .execute()
  if (before.team_id !== teamId) {
    await tx
      .updateTable('contact_state')
      .set({ team_id: teamId })
      .where('workspace_id', '=', actor.workspaceId)
      .where('assignee_id', '=', input.memberId)
      .execute()
  }
  await recordAudit(tx, deps.clock, actor, 'accessChanged', {
    memberId: before.id,
    name: before.name,
    from: {
      role: before.role,
      restrictions: before.restrictions,
      team: await teamName(tx, actor.workspaceId, before.team_id),
    },
    to: { role, restrictions, team: await teamName(tx, actor.workspaceId, teamId) },
  })
  live({ event: { type: 'members' }, seenBy: null, endsStreamsOf: before.id })
  return memberOf({ ...before, role, restrictions: [...restrictions], team_id: teamId }, actor)
}

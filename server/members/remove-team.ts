import { recordAudit } from '../activity/record-audit.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'

/** Its members stay, in no team; who may see only their team's contacts sees none until they get another. */
export async function removeTeam({ tx, actor, deps, live }: WriteContext, { teamId }: { teamId: number }) {
  const { workspaceId } = actor
  const team = await tx
    .deleteFrom('team')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', teamId)
    .returning('name')
    .executeTakeFirst()
  if (team === undefined) return fail('NOT_FOUND')
  const members = await tx
    .updateTable('member')
    .set({ team_id: null })
    .where('workspace_id', '=', workspaceId)
    .where('team_id', '=', teamId)
    .returning('id')
    .execute()
  await tx
    .updateTable('invitation')
    .set({ team_id: null })
    .where('workspace_id', '=', workspaceId)
    .where('team_id', '=', teamId)
    .execute()
  await tx
    .updateTable('contact_state')
    .set({ team_id: null })
    .where('workspace_id', '=', workspaceId)
    .where('team_id', '=', teamId)
    .execute()
  await recordAudit(tx, deps.clock, actor, 'teamRemoved', {
    teamId,
    name: team.name,
    from: { members: members.length },
  })
  live({ event: { type: 'members' }, seenBy: null })
  for (const member of members) live({ event: { type: 'members' }, seenBy: [], endsStreamsOf: member.id })
  return {}
}

import type { Invitation } from '#contract/members.ts'
import type { Restriction, Role } from '#contract/policy.ts'
import type { Reader } from '../http/endpoint.ts'

/** A workspace's open invitations, with who invited; those too old to use are listed until they are renewed or revoked. */
export const openInvitations = (db: Reader, workspaceId: number) =>
  db
    .selectFrom('invitation as i')
    .innerJoin('member as m', (join) =>
      join.onRef('m.workspace_id', '=', 'i.workspace_id').onRef('m.id', '=', 'i.invited_by'),
    )
    .select(['i.id', 'i.email', 'i.role', 'i.restrictions', 'i.team_id', 'i.created_at', 'i.expires_at'])
    .select('m.name as invited_by')
    .where('i.workspace_id', '=', workspaceId)
    .where('i.accepted_at', 'is', null)
    .where('i.revoked_at', 'is', null)

type Row = Awaited<ReturnType<ReturnType<typeof openInvitations>['executeTakeFirstOrThrow']>>

export const invitationOf = (row: Row, link: string | null): Invitation => ({
  id: row.id,
  email: row.email,
  role: row.role as Role,
  restrictions: row.restrictions as Restriction[],
  teamId: row.team_id,
  invitedBy: row.invited_by,
  createdAt: row.created_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
  link,
})

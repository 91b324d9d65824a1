import type { Member } from '#contract/members.ts'
import { mayManageMember, type Access, type Restriction, type Role } from '#contract/policy.ts'

interface Row {
  id: number
  name: string
  email: string
  role: string
  restrictions: string[]
  team_id: number | null
  joined_at: Date
}

/** A member as `viewer` sees them. */
export function memberOf(row: Row, viewer: Access): Member {
  const role = row.role as Role
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role,
    restrictions: row.restrictions as Restriction[],
    teamId: row.team_id,
    joinedAt: row.joined_at.toISOString(),
    manageable: mayManageMember(viewer, { memberId: row.id, role }),
  }
}

export const memberColumns = ['id', 'name', 'email', 'role', 'restrictions', 'team_id', 'joined_at'] as const

import { sees, type Restriction, type Role } from '#contract/policy.ts'
import type { Reader, Tx } from '../http/endpoint.ts'
import type { Recipient } from './read-row.ts'

/** Who may be given contacts. */
export async function loadRecipients(db: Reader | Tx, workspaceId: number): Promise<Recipient[]> {
  const members = await db
    .selectFrom('member')
    .select(['id', 'name', 'email', 'role', 'restrictions', 'team_id'])
    .where('workspace_id', '=', workspaceId)
    .where('removed_at', 'is', null)
    .orderBy('id')
    .execute()
  return members.map(({ id, name, email, role, restrictions, team_id: teamId }) => ({
    id,
    name,
    email,
    teamId,
    sees: sees(
      { memberId: id, role: role as Role, restrictions: restrictions as Restriction[], teamId },
      { assigneeId: id, teamId },
    ),
  }))
}

/** Has nobody leave or be moved to another team, and no stage go, until the transaction ends: before contacts are locked. */
export async function holdNamed(
  tx: Tx,
  workspaceId: number,
  { members, stages }: { readonly members: boolean; readonly stages: boolean },
): Promise<void> {
  if (members)
    await tx
      .selectFrom('member')
      .select('id')
      .where('workspace_id', '=', workspaceId)
      .where('removed_at', 'is', null)
      .orderBy('id')
      .forShare()
      .execute()
  if (stages)
    await tx
      .selectFrom('lifecycle_stage')
      .select('id')
      .where('workspace_id', '=', workspaceId)
      .orderBy('id')
      .forShare()
      .execute()
}

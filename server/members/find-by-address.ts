import type { Reader } from '../http/endpoint.ts'
import { Refusal } from '../refusal.ts'
import { signInAddress } from './sign-in-address.ts'

/**
 * The member that a command means by an address; `workspaceId` may be left out by somebody of one workspace. Refuses in a
 * sentence for whoever runs the command.
 */
export async function findByAddress(
  db: Reader,
  input: { email: string; workspaceId?: number | undefined },
): Promise<{ workspaceId: number; memberId: number }> {
  const members = await db
    .selectFrom('member')
    .innerJoin('workspace', 'workspace.id', 'member.workspace_id')
    .select(['member.workspace_id', 'member.id', 'workspace.name'])
    .where('member.email', '=', signInAddress(input.email) ?? '')
    .where('member.removed_at', 'is', null)
    .orderBy('member.workspace_id')
    .execute()
  const [member, another] = members.filter(
    (one) => input.workspaceId === undefined || one.workspace_id === input.workspaceId,
  )
  if (member === undefined) throw new Refusal(`Nobody with the address ${input.email} is a member there.`)
  if (another !== undefined)
    throw new Refusal(
      `${input.email} belongs to several workspaces. Choose one: ${members.map((one) => `--workspace ${one.workspace_id} (${one.name})`).join(', ')}.`,
    )
  return { workspaceId: member.workspace_id, memberId: member.id }
}

import type { Deps } from '../deps.ts'
import { recordAudit } from '../activity/record-audit.ts'
import { Refusal } from '../refusal.ts'
import { apiTokenHash, writeApiToken } from './api-token-text.ts'
import { signInAddress } from './sign-in-address.ts'

/**
 * A new API token that acts as a member; only its hash is kept, so this is the one time it is seen. `workspaceId` may be
 * left out by somebody of one workspace. Refuses in a sentence for whoever runs the command.
 */
export async function createApiToken(
  deps: Pick<Deps, 'db' | 'numbers' | 'people' | 'clock'>,
  input: { email: string; workspaceId?: number | undefined; name?: string | undefined },
): Promise<string> {
  const members = await deps.db
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

  const id = await deps.numbers.next(member.workspace_id, 'apiToken')
  const token = writeApiToken(
    { iat: Math.floor(Date.now() / 1000), id, spaceId: member.workspace_id, orgId: member.workspace_id, type: 'api' },
    deps.people.apiTokenKey,
  )
  await deps.db.transaction().execute(async (tx) => {
    await tx
      .insertInto('api_token')
      .values({
        workspace_id: member.workspace_id,
        id,
        member_id: member.id,
        name: input.name ?? 'ficha token',
        token_hash: apiTokenHash(token),
      })
      .execute()
    const actor = { workspaceId: member.workspace_id, memberId: member.id, via: 'api' as const, ip: '' }
    await recordAudit(tx, deps.clock, actor, 'apiTokenCreated', { tokenId: id, name: input.name ?? 'ficha token' })
  })
  return token
}

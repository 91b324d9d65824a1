import type { Deps } from '../deps.ts'
import { recordAudit } from '../activity/record-audit.ts'
import { notify } from '../db/notify.ts'
import { Refusal } from '../refusal.ts'
import { maxApiTokens, workingTokens } from './api-token-row.ts'
import { apiTokenEnding, apiTokenHash, writeApiToken } from './api-token-text.ts'
import { findByAddress } from './find-by-address.ts'

/**
 * A new API token that acts as a member; only its hash and its ending are kept, so this is the one time it is seen.
 * Refuses in a sentence for whoever runs the command.
 */
export async function createApiToken(
  deps: Pick<Deps, 'db' | 'numbers' | 'people' | 'clock'>,
  input: { email: string; workspaceId?: number | undefined; name?: string | undefined },
): Promise<string> {
  const { workspaceId, memberId } = await findByAddress(deps.db, input)
  const name = input.name ?? 'ficha token'
  const id = await deps.numbers.next(workspaceId, 'apiToken')
  const token = writeApiToken(
    { iat: Math.floor(Date.now() / 1000), id, spaceId: workspaceId, orgId: workspaceId, type: 'api' },
    deps.people.apiTokenKey,
  )
  await deps.db.transaction().execute(async (tx) => {
    const already = await workingTokens(tx, workspaceId).limit(maxApiTokens).execute()
    if (already.length === maxApiTokens)
      throw new Refusal(`There are ${maxApiTokens} API tokens already. Revoke one that nothing uses.`)
    await tx
      .insertInto('api_token')
      .values({
        workspace_id: workspaceId,
        id,
        member_id: memberId,
        name,
        token_hash: apiTokenHash(token),
        ending: apiTokenEnding(token),
      })
      .execute()
    const actor = { workspaceId, memberId, via: 'api' as const, ip: '' }
    await recordAudit(tx, deps.clock, actor, 'apiTokenCreated', { tokenId: id, name })
    await notify(tx, [{ workspaceId, event: { type: 'members' }, seenBy: null }])
  })
  return token
}

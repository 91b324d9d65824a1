import { mayHandleToken } from '#contract/policy.ts'
import type { Deps } from '../deps.ts'
import { recordAudit } from '../activity/record-audit.ts'
import type { LiveNotice } from '../db/notify.ts'
import { fail } from '../http/fail.ts'
import type { Actor, Tx, WriteContext } from '../http/endpoint.ts'
import { workingTokens } from './api-token-row.ts'

/** A token of one's own, or for who handles integrations anybody's, is worth nothing from now on. */
export async function revokeApiToken({ tx, actor, deps, live }: WriteContext, { tokenId }: { tokenId: number }) {
  const revoked = await endApiToken(tx, deps, actor, tokenId, (token) => mayHandleToken(actor, token))
  if (revoked === null) return fail('NOT_FOUND')
  live(revoked)
  return {}
}

/**
 * Revokes a token that works, if it `isMeant`; its rows of the audit trail say by whom and whose it was. Null: there is
 * none. What is to be told on commit ends the streams that were opened with it.
 */
export async function endApiToken(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  actor: Pick<Actor, 'workspaceId' | 'memberId' | 'via' | 'ip'>,
  tokenId: number,
  isMeant: (token: { memberId: number }) => boolean,
): Promise<Pick<LiveNotice, 'event' | 'seenBy' | 'endsStreamsOf'> | null> {
  const token = await workingTokens(tx, actor.workspaceId).where('t.id', '=', tokenId).forUpdate('t').executeTakeFirst()
  if (token === undefined || !isMeant({ memberId: token.member_id })) return null
  await tx
    .updateTable('api_token')
    .set({ revoked_at: new Date(), revoked_by: actor.memberId })
    .where('workspace_id', '=', actor.workspaceId)
    .where('id', '=', tokenId)
    .execute()
  const from = { member: token.member_name, ...(token.ending !== null && { ending: token.ending }) }
  await recordAudit(tx, deps.clock, actor, 'apiTokenRevoked', { tokenId, name: token.name, from })
  return { event: { type: 'members' }, seenBy: null, endsStreamsOf: token.member_id }
}

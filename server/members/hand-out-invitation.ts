import type { Invitation } from '#contract/members.ts'
import type { UiLanguage } from '#contract/primitives.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { mailLimit } from './attempt-limits.ts'
import { invitationOf, openInvitations } from './invitation-row.ts'
import { invitationEnds, invitationLink, invitationTokenHash, makeInvitationToken } from './invitation-token.ts'
import { invitationMail } from './mail-texts.ts'
import { ownAddress } from './own-address.ts'
import { countAttempt } from './throttle.ts'

/**
 * Gives an invitation a new link and term, and sends the link by mail in the workspace's language; without mail of our
 * own it goes back to whoever invites, this once. A former link is dead.
 */
export async function handOutInvitation(
  { tx, actor, deps, now, enqueue }: WriteContext,
  invitationId: number,
): Promise<Invitation> {
  const token = makeInvitationToken()
  const mailed = deps.mail !== null
  await tx
    .updateTable('invitation')
    .set({
      token_hash: invitationTokenHash(token),
      created_at: now,
      expires_at: invitationEnds(now),
      invited_by: actor.memberId,
      mailed,
    })
    .where('workspace_id', '=', actor.workspaceId)
    .where('id', '=', invitationId)
    .execute()
  const row = await openInvitations(tx, actor.workspaceId).where('i.id', '=', invitationId).executeTakeFirstOrThrow()
  const link = invitationLink(ownAddress(deps.config), token)
  if (!mailed) return invitationOf(row, link)

  const wait = await countAttempt(tx, [mailLimit(row.email)])
  if (wait !== null) return fail('TOO_MANY_REQUESTS', { retryAfterSeconds: wait })
  const workspace = await tx
    .selectFrom('workspace')
    .select(['name', 'language'])
    .where('id', '=', actor.workspaceId)
    .executeTakeFirstOrThrow()
  const write = invitationMail[workspace.language as UiLanguage]
  await enqueue('send-mail', { to: row.email, ...write({ workspace: workspace.name, invitedBy: actor.name, link }) })
  return invitationOf(row, null)
}

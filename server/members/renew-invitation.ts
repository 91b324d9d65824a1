import { recordAudit } from '../activity/record-audit.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { handOutInvitation } from './hand-out-invitation.ts'
import { lockInvitation } from './lock-invitation.ts'

/** A new link with a new term, from whoever renews; the old link is dead. */
export async function renewInvitation(context: WriteContext, { invitationId }: { invitationId: number }) {
  const { tx, actor, deps, live } = context
  const { email } = await lockInvitation(tx, actor, invitationId)
  await recordAudit(tx, deps.clock, actor, 'invitationRenewed', { invitationId, name: email })
  live({ event: { type: 'members' }, seenBy: null })
  return handOutInvitation(context, invitationId)
}

import type { ContactDetails } from '#contract/contacts.ts'
import { requireChannel } from '../channels/require-channel.ts'
import { loadContactDetails } from '../contacts/load-contact-details.ts'
import { lockVisibleRoot } from '../contacts/lock-root.ts'
import type { WriteContext } from '../http/endpoint.ts'
import type { ParsedInput } from './parsed-input.ts'
import { liftOptOut, writeOptOuts } from './write-opt-out.ts'

/** A member notes that a contact does not want to be written to. */
export async function setOptOut(context: WriteContext, input: ParsedInput<'set'>): Promise<ContactDetails> {
  const { tx, deps, actor } = context
  const { workspaceId, memberId, via } = actor
  if (input.channelId !== null) await requireChannel(tx, workspaceId, input.channelId)
  const state = await lockVisibleRoot(tx, actor, input.contactId)
  const { contact_id: contactId } = state
  const asked = [{ contactId, channelId: input.channelId }]
  const news = await writeOptOuts(tx, deps, workspaceId, asked, {
    source: via === 'api' ? 'api' : 'person',
    by: memberId,
    reason: input.reason?.trim() || null,
    actor: { type: via, id: memberId },
  })
  if (news.length > 0) tell(context, state, 'optedOut')
  return loadContactDetails(tx, deps, actor, contactId)
}

/** Takes it back, with the reason. */
export async function endOptOut(context: WriteContext, input: ParsedInput<'lift'>): Promise<ContactDetails> {
  const { tx, deps, actor } = context
  const { workspaceId, memberId, via } = actor
  if (input.channelId !== null) await requireChannel(tx, workspaceId, input.channelId)
  const state = await lockVisibleRoot(tx, actor, input.contactId)
  const { contact_id: contactId } = state
  const stood = await liftOptOut(
    tx,
    deps,
    { workspaceId, contactId, channelId: input.channelId },
    { reason: input.reason, actor: { type: via, id: memberId } },
  )
  if (stood) tell(context, state, 'optedIn')
  return loadContactDetails(tx, deps, actor, contactId)
}

const tell = (
  { live, actor }: WriteContext,
  state: { contact_id: number; assignee_id: number | null; team_id: number | null },
  cause: string,
) =>
  live({
    event: { type: 'contact', contactId: state.contact_id, cause, memberId: actor.memberId },
    seenBy: [{ assigneeId: state.assignee_id, teamId: state.team_id }],
  })

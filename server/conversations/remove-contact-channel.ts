import type { ContactDetails } from '#contract/contacts.ts'
import { recordActivity } from '../activity/record-activity.ts'
import { loadContactDetails } from '../contacts/load-contact-details.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { markDue } from '../identity/mark-due.ts'
import { activityActor } from './actor-of.ts'
import { holdLink, type HeldLink } from './hold-link.ts'
import type { LockedState } from './lock-state.ts'

type Input = { contactId: number; contactChannelId: number }

/** Takes a channel off a contact: what was said there stays, what is still queued fails, a later message makes a new link. */
export async function removeContactChannel(context: WriteContext, input: Input): Promise<ContactDetails> {
  const { tx, deps, actor, now, enqueue } = context
  const { state, link } = await holdLink(tx, actor, input)
  if (state.blocked) return fail('CONFLICT', { reason: 'blocked' })
  if (link.removedAt === null) {
    await setRemoved(context, link.id, { removed_at: now, removed_by: actor.memberId })
    await tellOf(context, state, link, 'contactChannelRemoved')
  }
  const details = await loadContactDetails(tx, deps, actor, state.contactId)
  // last, so that as little time as possible passes between the bell and the commit it announces
  await enqueue('deliver-messages', { workspaceId: actor.workspaceId, channelId: link.channelId })
  return details
}

/** Gives a contact back a channel that was taken off, unless its address has a link again: somebody has written meanwhile. */
export async function restoreContactChannel(context: WriteContext, input: Input): Promise<ContactDetails> {
  const { tx, deps, actor } = context
  const { workspaceId } = actor
  const { state, link } = await holdLink(tx, actor, input)
  if (state.blocked) return fail('CONFLICT', { reason: 'blocked' })
  if (link.removedAt !== null) {
    if (link.channelDeletedAt !== null) return fail('CONFLICT', { reason: 'channel-deleted' })
    const taken = await tx
      .selectFrom('contact_channel')
      .select('id')
      .where('workspace_id', '=', workspaceId)
      .where('channel_id', '=', link.channelId)
      .where('address_key', '=', link.addressKey)
      .where('removed_at', 'is', null)
      .executeTakeFirst()
    if (taken !== undefined) return fail('CONFLICT', { reason: 'address-taken' })
    await setRemoved(context, link.id, { removed_at: null, removed_by: null })
    await tellOf(context, state, link, 'contactChannelRestored')
  }
  return loadContactDetails(tx, deps, actor, state.contactId)
}

async function setRemoved(
  { tx, actor }: WriteContext,
  id: number,
  removal: { removed_at: Date | null; removed_by: number | null },
): Promise<void> {
  await tx
    .updateTable('contact_channel')
    .set(removal)
    .where('workspace_id', '=', actor.workspaceId)
    .where('id', '=', id)
    .execute()
}

/** In the history, in every browser, and to whoever looks for contacts that are one person: accounts are evidence. */
async function tellOf(
  { tx, deps, actor, live, enqueue }: WriteContext,
  { contactId, assigneeId, teamId }: LockedState,
  link: HeldLink,
  kind: 'contactChannelRemoved' | 'contactChannelRestored',
): Promise<void> {
  const { id: contactChannelId, channelId, channelName, address } = link
  const data = { contactChannelId, channelId, channelName, kind: link.kind, address }
  const by = activityActor(actor)
  await recordActivity(tx, deps.clock, actor.workspaceId, [{ contactId, kind, actor: by, data }])
  await markDue(tx, actor.workspaceId, [contactId])
  await enqueue('suggest-duplicates', { workspaceId: actor.workspaceId })
  const event = { type: 'contact' as const, contactId, cause: kind, memberId: actor.memberId }
  live({ event, seenBy: [{ assigneeId, teamId }] })
}

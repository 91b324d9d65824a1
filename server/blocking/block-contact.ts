import type { ContactDetails } from '#contract/contacts.ts'
import { mayBlock } from '#contract/policy.ts'
import { recordActivity } from '../activity/record-activity.ts'
import { loadContactDetails } from '../contacts/load-contact-details.ts'
import { activityActor } from '../conversations/actor-of.ts'
import { endEpisode } from '../conversations/end-episode.ts'
import { lockVisibleState } from '../conversations/lock-state.ts'
import { forgetPairs } from '../duplicates/forget-pairs.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { markDue } from '../identity/mark-due.ts'
import { endRunsOf } from '../workflows/end-runs.ts'
import { readWorkspace } from '../workspaces/read-workspace.ts'
import type { ParsedInput } from './parsed-input.ts'
import { writeBlock } from './write-block.ts'

/**
 * Closes the conversation, ends the contact's workflows and refuses what the contact sends from now on, in this order and in one commit. Whoever is blocked
 * already stays so, with the reason given then: two people may press at once.
 */
export async function blockContact(
  { tx, deps, actor, now, live, enqueue }: WriteContext,
  input: ParsedInput<'block'>,
): Promise<ContactDetails> {
  const { workspaceId } = actor
  const state = await lockVisibleState(tx, actor, input.contactId)
  const { contactId } = state
  const { blockingInInbox } = await readWorkspace(tx, workspaceId)
  if (!mayBlock(actor, blockingInInbox)) return fail('FORBIDDEN', { reason: 'not-offered' })
  if (!state.blocked) {
    const by = activityActor(actor)
    const reason = input.reason?.trim() || null
    await endEpisode(tx, deps, state, { source: actor.via, by, at: now, category: null, summary: null })
    await endRunsOf(tx, deps, workspaceId, [contactId], 'blocked', by)
    await writeBlock(tx, workspaceId, contactId, { at: now, by: actor.memberId, reason })
    await recordActivity(tx, deps.clock, workspaceId, [{ contactId, kind: 'blocked', actor: by, data: { reason } }])
    await forgetPairs(tx, workspaceId, [contactId])
    await markDue(tx, workspaceId, [contactId])
    await enqueue('suggest-duplicates', { workspaceId })
    live({
      event: { type: 'contact', contactId, cause: 'blocked', memberId: actor.memberId },
      seenBy: [{ assigneeId: state.assigneeId, teamId: state.teamId }],
    })
  }
  return loadContactDetails(tx, deps, actor, contactId)
}

import type { WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { activityActor } from './actor-of.ts'
import { endEpisode } from './end-episode.ts'
import { conversationNotice, lockVisibleState, statusOfState } from './lock-state.ts'
import type { ParsedInput } from './parsed-input.ts'

/** Ends the open episode with its closing note. Closing what is closed changes nothing: two people may press at once. */
export async function closeConversation(
  { tx, deps, actor, now, live }: WriteContext,
  input: ParsedInput<'close'>,
): Promise<Record<string, never>> {
  const state = await lockVisibleState(tx, actor, input.contactId)
  if (state.status === statusOfState.none) return fail('CONFLICT', { reason: 'no-conversation' })
  const ended = await endEpisode(tx, deps, state, {
    source: actor.via,
    by: activityActor(actor),
    at: now,
    category: input.category?.trim() || null,
    summary: input.summary?.trim() || null,
  })
  if (ended) live(conversationNotice(state, 'closed', { memberId: actor.memberId }))
  return {}
}

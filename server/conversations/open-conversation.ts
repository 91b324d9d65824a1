import type { WriteContext } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { activityActor } from './actor-of.ts'
import { conversationNotice, lockVisibleState, statusOfState } from './lock-state.ts'
import { openEpisode } from './open-episode.ts'
import type { ParsedInput } from './parsed-input.ts'
import { wakeState } from './wake-state.ts'

/** Opens a closed conversation as a new episode, or ends a snooze. Opening what is open changes nothing. */
export async function openConversation(
  { tx, deps, actor, now, live }: WriteContext,
  input: ParsedInput<'open'>,
): Promise<Record<string, never>> {
  const state = await lockVisibleState(tx, actor, input.contactId)
  if (state.blocked) return fail('CONFLICT', { reason: 'blocked' })
  if (state.status === statusOfState.open) return {}
  const by = activityActor(actor)
  if (state.status === statusOfState.snoozed) await wakeState(tx, deps, state, { actor: by, cause: 'member' })
  else await openEpisode(tx, deps, state, { source: actor.via, actor: by, channelId: state.lastChannelId, at: now })
  live(conversationNotice(state, 'opened', { memberId: actor.memberId }))
  return {}
}

import { sql } from 'kysely'
import { prepared } from '../db/prepared.ts'
import { lockState } from '../conversations/lock-state.ts'
import { openEpisode } from '../conversations/open-episode.ts'
import { timeOfId } from '../db/clock.ts'
import type { Tx, WriteContext } from '../http/endpoint.ts'
import type { LastExchange } from './find-facts.ts'
import type { UndoDecision, UndoneSide } from './plan-undo.ts'

/** Who may see a contact. */
export interface Looking {
  readonly assigneeId: number | null
  readonly teamId: number | null
}

/** The hot rows after an undo, each by what its members have exchanged; who was blocked while merged stays so. Answers who looks after each now. */
export async function writeUndoneStates(
  context: WriteContext,
  decision: UndoDecision,
  exchanges: ReadonlyMap<number, LastExchange>,
): Promise<Looking[]> {
  const { tx, actor } = context
  const { workspaceId } = actor
  const { rest, returning, golden, survivorPath, root } = decision
  const assigneeOf = (id: number) => {
    const value = golden.get(id)?.assignee.value ?? null
    return value === null ? null : Number(value)
  }
  for (const id of survivorPath.filter((each) => each !== root.id))
    await writeAssignee(tx, workspaceId, id, assigneeOf(id))
  const looking: Looking[] = []
  for (const side of [rest, ...returning]) {
    const assigneeId = assigneeOf(side.rootId)
    const teamId = await writeState(tx, workspaceId, side, assigneeId, exchanges)
    looking.push({ assigneeId, teamId })
    if (side.standing.conversationId === 'new') await openAnew(context, side.rootId)
  }
  return looking
}

/** Of a contact that stays absorbed: whom it would have alone. */
async function writeAssignee(tx: Tx, workspaceId: number, contactId: number, assigneeId: number | null): Promise<void> {
  await sql`${prepared}
    update contact_state set assignee_id = ${assigneeId},
      team_id = (select team_id from member where workspace_id = ${workspaceId} and id = ${assigneeId})
    where workspace_id = ${workspaceId} and contact_id = ${contactId}`.execute(tx)
}

async function writeState(
  tx: Tx,
  workspaceId: number,
  { rootId, memberIds, standing }: UndoneSide,
  assigneeId: number | null,
  exchanges: ReadonlyMap<number, LastExchange>,
): Promise<number | null> {
  const known = memberIds.flatMap((id) => exchanges.get(id) ?? [])
  const last = known.reduce((a, b) => (b.lastMessageId > a.lastMessageId ? b : a))
  const heard = known.reduce((a, b) => (b.lastInId > a.lastInId ? b : a))
  const lastAt = last.lastMessageId === 0 ? '-infinity' : timeOfId(last.lastMessageId).toISOString()
  const conversationId = standing.conversationId === 'new' ? null : standing.conversationId
  const { rows } = await sql<{ team_id: number | null }>`${prepared}
    with episode as (
      update conversation set closed_at = null, closed_source = null, closed_by = null, assignee_id = ${assigneeId}
      where workspace_id = ${workspaceId} and id = ${conversationId}
    )
    update contact_state set status = ${standing.status},
      snoozed_until = ${standing.snoozedUntil}::timestamptz, conversation_id = ${conversationId},
      assignee_id = ${assigneeId},
      team_id = (select team_id from member where workspace_id = ${workspaceId} and id = ${assigneeId}),
      last_message_at = ${lastAt}::timestamptz, last_message_id = ${last.lastMessageId},
      last_channel_id = ${last.lastChannelId}, last_in_id = ${heard.lastInId},
      last_in_contact_channel_id = ${heard.lastInContactChannelId},
      live = (select blocked_at is null from contact where workspace_id = ${workspaceId} and id = ${rootId})
    where workspace_id = ${workspaceId} and contact_id = ${rootId}
    returning team_id`.execute(tx)
  return rows[0]?.team_id ?? null
}

/** What came from this contact came into an episode that is another's now: nobody may overlook it. */
async function openAnew({ tx, deps, actor, now }: WriteContext, contactId: number): Promise<void> {
  const state = await lockState(tx, actor.workspaceId, contactId)
  if (state === undefined) return
  await openEpisode(tx, deps, state, {
    source: 'contact',
    actor: { type: 'contact', id: contactId },
    channelId: state.lastChannelId,
    at: now,
  })
}

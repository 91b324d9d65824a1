import { sql } from 'kysely'
import type { ContactDetails } from '#contract/contacts.ts'
import { recordActivity } from '../activity/record-activity.ts'
import { loadContactDetails } from '../contacts/load-contact-details.ts'
import { activityActor } from '../conversations/actor-of.ts'
import { lockVisibleState } from '../conversations/lock-state.ts'
import type { WriteContext } from '../http/endpoint.ts'
import { markDue } from '../identity/mark-due.ts'
import type { ParsedInput } from './parsed-input.ts'

/**
 * Takes the block off a contact and off all it has absorbed. What was held is marked to be shown or dropped here and moved in
 * the background, however much it is; no conversation opens.
 */
export async function unblockContact(
  { tx, deps, actor, now, live, enqueue }: WriteContext,
  { contactId: asked, showHeld }: ParsedInput<'unblock'>,
): Promise<ContactDetails> {
  const { workspaceId } = actor
  const state = await lockVisibleState(tx, actor, asked)
  const { contactId } = state
  if (state.blocked) {
    const { rows } = await sql<{ held: number }>`
      with parts as (
        update contact set blocked_at = null
        where workspace_id = ${workspaceId} and (id = ${contactId} or root_id = ${contactId}) returning id
      ), listed as (
        update contact_state set live = true where workspace_id = ${workspaceId} and contact_id = ${contactId}
      ), ended as (
        delete from contact_block b using parts where b.workspace_id = ${workspaceId} and b.contact_id = parts.id
        returning b.held
      ), decided as (
        update held_message h set ${showHeld ? sql`released_at` : sql`dropped_at`} = ${now} from parts
        where h.workspace_id = ${workspaceId} and h.contact_id = parts.id
          and h.released_at is null and h.dropped_at is null
      )
      select coalesce(sum(held), 0)::int as held from ended`.execute(tx)
    const held = rows[0]?.held ?? 0
    await recordActivity(tx, deps.clock, workspaceId, [
      { contactId, kind: 'unblocked', actor: activityActor(actor), data: { held, shown: showHeld } },
    ])
    if (showHeld) await enqueue('release-held', { workspaceId })
    await markDue(tx, workspaceId, [contactId])
    await enqueue('suggest-duplicates', { workspaceId })
    live({
      event: { type: 'contact', contactId, cause: 'unblocked', memberId: actor.memberId },
      seenBy: [{ assigneeId: state.assigneeId, teamId: state.teamId }],
    })
  }
  return loadContactDetails(tx, deps, actor, contactId)
}

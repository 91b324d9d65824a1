import { sql } from 'kysely'
import type { Actor, Tx, WriteContext } from '../http/endpoint.ts'
import { markContactRead } from '../notifications/mark-notifications.ts'
import { findVisibleContact } from './find-visible-contact.ts'
import type { ParsedInput } from './parsed-input.ts'

/**
 * Moves the member's own mark. Forward up to a message, never past the last one received, so that nothing to come counts
 * as read; or back, so that the last one received is unread again.
 */
export async function markRead(context: WriteContext, input: ParsedInput<'markRead'>): Promise<Record<string, never>> {
  const { tx, actor, live } = context
  const { contactId, readUpTo } = await findVisibleContact(tx, actor, input.contactId)
  const state = await tx
    .selectFrom('contact_state')
    .select(['last_in_id', 'assignee_id', 'team_id'])
    .where('workspace_id', '=', actor.workspaceId)
    .where('contact_id', '=', contactId)
    .executeTakeFirstOrThrow()
  const back = input.upTo === null
  if (!back) await markContactRead(context, contactId)
  const readId = back ? Math.max(0, state.last_in_id - 1) : Math.min(input.upTo ?? 0, state.last_in_id)
  if (readId === readUpTo || (!back && readId < (readUpTo ?? 0))) return {}
  if (back) await forgetBeyond(tx, actor, contactId, readId)
  await tx
    .insertInto('read_mark')
    .values({ workspace_id: actor.workspaceId, contact_id: contactId, member_id: actor.memberId, read_id: readId })
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'contact_id', 'member_id'])
        .doUpdateSet({ read_id: back ? sql`excluded.read_id` : sql`greatest(read_mark.read_id, excluded.read_id)` }),
    )
    .execute()
  live({
    event: { type: 'conversation', contactId, messageId: null, cause: 'read', memberId: actor.memberId },
    seenBy: [{ assigneeId: state.assignee_id, teamId: state.team_id }],
  })
  return {}
}

/** What was read further of a contact itself, or of those it has absorbed, is unread again. */
async function forgetBeyond(tx: Tx, actor: Actor, contactId: number, readId: number): Promise<void> {
  await sql`
    update read_mark mark set read_id = least(mark.read_id, ${readId}), own_id = least(mark.own_id, ${readId})
    from contact part
    where part.workspace_id = ${actor.workspaceId} and (part.id = ${contactId} or part.root_id = ${contactId})
      and mark.workspace_id = part.workspace_id and mark.contact_id = part.id and mark.member_id = ${actor.memberId}
      and greatest(mark.read_id, mark.own_id) > ${readId}`.execute(tx)
}

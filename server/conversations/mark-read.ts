import { sql } from 'kysely'
import type { WriteContext } from '../http/endpoint.ts'
import { findVisibleContact } from './find-visible-contact.ts'
import type { ParsedInput } from './parsed-input.ts'

/**
 * Moves the member's own mark. Forward up to a message, never past the last one received, so that nothing to come counts
 * as read; or back, so that the last one received is unread again.
 */
export async function markRead(
  { tx, actor, live }: WriteContext,
  input: ParsedInput<'markRead'>,
): Promise<Record<string, never>> {
  const { contactId, readUpTo } = await findVisibleContact(tx, actor, input.contactId)
  const state = await tx
    .selectFrom('contact_state')
    .select(['last_in_id', 'assignee_id', 'team_id'])
    .where('workspace_id', '=', actor.workspaceId)
    .where('contact_id', '=', contactId)
    .executeTakeFirstOrThrow()
  const back = input.upTo === null
  const readId = back ? Math.max(0, state.last_in_id - 1) : Math.min(input.upTo ?? 0, state.last_in_id)
  if (readId === readUpTo || (!back && readId < (readUpTo ?? 0))) return {}
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

import { sql } from 'kysely'
import type { NotificationKind } from '#contract/notifications.ts'
import type { LiveNotice } from '../db/notify.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'

interface News {
  readonly workspaceId: number
  readonly kind: NotificationKind
  readonly contactId: number
  /** Whom it is for; whoever has switched the kind off, or is no member any more, is left out. */
  readonly memberIds: readonly number[]
  /** The member whose doing it is. */
  readonly actorId: number | null
  readonly messageId: number | null
}

/**
 * Notes down what members are to know of, beside the change itself, in the same transaction. What a contact writes while its last
 * message is unread adds to the line that stands. Answers whom to tell on commit.
 */
export async function notifyMembers(
  tx: Tx,
  { clock }: Pick<Deps, 'clock'>,
  { workspaceId, kind, contactId, memberIds, actorId, messageId }: News,
): Promise<Omit<LiveNotice, 'workspaceId'>[]> {
  if (memberIds.length === 0) return []
  const { rows } = await sql<{ member_id: number }>`
    insert into notification as before (workspace_id, member_id, id, kind, contact_id, actor_id, message_id)
    select workspace_id, id, ${clock.next()}::bigint, ${kind}, ${contactId}::bigint, ${actorId}::bigint, ${messageId}::bigint
    from member
    where workspace_id = ${workspaceId} and id = any(${memberIds}::bigint[]) and removed_at is null
      and notify->>${kind} is distinct from 'off'
    on conflict (workspace_id, member_id, contact_id) where kind = 'message' and read_at is null
      do update set id = excluded.id, message_id = excluded.message_id, messages = before.messages + 1
    returning member_id`.execute(tx)
  return rows.map(({ member_id }) => noticeTo(member_id))
}

/** That this member's own notifications are others now. */
export const noticeTo = (memberId: number): Omit<LiveNotice, 'workspaceId'> => ({
  event: { type: 'notifications' },
  seenBy: null,
  onlyTo: memberId,
})

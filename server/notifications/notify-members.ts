import { sql } from 'kysely'
import type { NotificationKind } from '#contract/notifications.ts'
import type { LiveNotice } from '../db/notify.ts'
import { preparedFor } from '../db/prepared.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'

interface News {
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
  deps: Pick<Deps, 'clock'>,
  { workspaceId, ...news }: News & { readonly workspaceId: number },
): Promise<Omit<LiveNotice, 'workspaceId'>[]> {
  return notifyOfAll(tx, deps, workspaceId, [news])
}

/** The same for what happened to several contacts, each named once. */
export async function notifyOfAll(
  tx: Tx,
  { clock }: Pick<Deps, 'clock'>,
  workspaceId: number,
  list: readonly News[],
): Promise<Omit<LiveNotice, 'workspaceId'>[]> {
  const lines = list.flatMap(({ memberIds, ...news }) =>
    [...new Set(memberIds)].map((memberId) => ({ ...news, memberId, id: clock.next() })),
  )
  if (lines.length === 0) return []
  const { rows } = await sql<{ member_id: number }>`${preparedFor(lines.length)}
    insert into notification as before (workspace_id, member_id, id, kind, contact_id, actor_id, message_id)
    select member.workspace_id, member.id, line.id, line.kind, line.contact_id, line.actor_id, line.message_id
    from unnest(${lines.map(({ id }) => id)}::bigint[], ${lines.map(({ memberId }) => memberId)}::bigint[],
      ${lines.map(({ kind }) => kind)}::text[], ${lines.map(({ contactId }) => contactId)}::bigint[],
      ${lines.map(({ actorId }) => actorId)}::bigint[], ${lines.map(({ messageId }) => messageId)}::bigint[])
      line (id, member_id, kind, contact_id, actor_id, message_id)
    join member on member.workspace_id = ${workspaceId} and member.id = line.member_id and member.removed_at is null
      and member.notify->>line.kind is distinct from 'off'
    on conflict (workspace_id, member_id, contact_id) where kind = 'message' and read_at is null
      do update set id = excluded.id, message_id = excluded.message_id, messages = before.messages + 1
    returning member_id`.execute(tx)
  return [...new Set(rows.map(({ member_id }) => member_id))].map(noticeTo)
}

/** That this member's own notifications are others now. */
export const noticeTo = (memberId: number): Omit<LiveNotice, 'workspaceId'> => ({
  event: { type: 'notifications' },
  seenBy: null,
  onlyTo: memberId,
})

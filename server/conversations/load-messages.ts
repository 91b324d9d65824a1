import { sql, type RawBuilder } from 'kysely'
import type { Message } from '#contract/conversations.ts'
import type { Reader } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { showMessage, type MessageRow } from './show-message.ts'

/** The columns of a `MessageRow`, for a query whose message is `m`, followed by `messageJoins`. */
export const messageColumns: RawBuilder<unknown> = sql`
  m.id, m.workspace_id, m.incoming, m.sender_type, m.sender_id, coalesce(sender.name, flow.name) as sender_name, m.channel_id,
  line.kind as channel_kind, m.status, m.verified, m.body, m.failure, m.reactions, m.reply_to, answered.body as reply_body,
  (select json_agg(json_build_object('id', a.id, 'kind', a.kind, 'name', a.name, 'type', a.type, 'size', a.size,
      'state', a.state) order by a.created_at, a.id)
    from attachment a where a.workspace_id = m.workspace_id and a.message_id = m.id) as attachments`

export const messageJoins: RawBuilder<unknown> = sql`
  left join channel line on line.workspace_id = m.workspace_id and line.id = m.channel_id
  left join member sender on sender.workspace_id = m.workspace_id and sender.id = m.sender_id
    and m.sender_type in ('member', 'api')
  left join workflow flow on flow.workspace_id = m.workspace_id and flow.id = m.sender_id and m.sender_type = 'workflow'
  left join message answered on answered.workspace_id = m.workspace_id and answered.id = m.reply_to`

/** One message as members see it. */
export async function loadMessage(db: Reader, workspaceId: number, messageId: number): Promise<Message> {
  const { rows } = await sql<MessageRow>`
    select ${messageColumns} from message m ${messageJoins}
    where m.workspace_id = ${workspaceId} and m.id = ${messageId}`.execute(db)
  return rows[0] === undefined ? fail('NOT_FOUND') : showMessage(rows[0])
}

import { sql } from 'kysely'
import type { Outgoing } from '../channels/adapter.ts'
import type { Deps } from '../deps.ts'
import { outgoingBody, type StoredBody } from './outgoing-body.ts'

interface Row {
  body: StoredBody
  contact_channel_id: number
  address: string
  contact_name: string | null
  sender_name: string | null
  sender_type: string
  last_in_at: Date | null
  reply_ext_id: string | null
  files: Outgoing['files'] | null
  thread: Outgoing['thread'] | null
}

/** As much of a thread as headers can name. */
const threadLength = 20

/** Everything an adapter needs to send one message; null when the message is gone. */
export async function loadOutgoing(
  deps: Pick<Deps, 'db' | 'files'>,
  workspaceId: number,
  messageId: number,
  attempt: number,
): Promise<Outgoing | null> {
  const { rows } = await sql<Row>`
    select m.body, m.contact_channel_id, link.address, coalesce(nullif(concat_ws(' ', c.first_name, c.last_name), ''), c.profile_name) as contact_name,
      sender.name as sender_name, m.sender_type, link.last_in_at, answered.ext_id as reply_ext_id,
      (select json_agg(json_build_object('id', a.id, 'kind', a.kind, 'name', a.name, 'type', a.type, 'size', a.size)
          order by a.created_at, a.id)
        from attachment a where a.workspace_id = m.workspace_id and a.message_id = m.id) as files,
      (select json_agg(json_build_object('extId', t.ext_id, 'incoming', t.incoming, 'subject', t.subject,
          'references', t.refs))
        from (select before.ext_id, before.incoming, before.body->>'subject' as subject, before.body->'references' as refs
          from message before
          where before.workspace_id = m.workspace_id and before.contact_id = m.contact_id and before.id < m.id
            and before.contact_channel_id = m.contact_channel_id and before.ext_id is not null
          order by before.id = m.reply_to desc, before.id desc limit ${threadLength}) t) as thread
    from message m
    join contact_channel link on link.workspace_id = m.workspace_id and link.id = m.contact_channel_id
    join contact c on c.workspace_id = link.workspace_id and c.id = link.owner_id
    left join member sender on sender.workspace_id = m.workspace_id and sender.id = m.sender_id
      and m.sender_type in ('member', 'api')
    left join message answered on answered.workspace_id = m.workspace_id and answered.id = m.reply_to
    where m.workspace_id = ${workspaceId} and m.id = ${messageId}`.execute(deps.db)
  const row = rows[0]
  if (row === undefined) return null
  return {
    messageId,
    to: { address: row.address, name: row.contact_name },
    body: outgoingBody(row.body),
    files: row.files ?? [],
    thread: row.thread ?? [],
    replyToExtId: row.reply_ext_id,
    senderName: row.sender_name,
    byHand: row.sender_type === 'member',
    lastInAt: row.last_in_at,
    automatic: row.sender_type === 'workflow',
    contactChannelId: row.contact_channel_id,
    attempt,
    openFile: (id) => deps.files.read(workspaceId, id),
  }
}

import { sql } from 'kysely'
import type { Outgoing } from '../channels/adapter.ts'
import type { Deps } from '../deps.ts'
import { prepared } from '../db/prepared.ts'
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
/** It is looked for among the contact's last messages: however many there are, a message goes out at the same cost. */
const lookedThrough = 500

/** Everything an adapter needs to send one message; null when the message is gone. */
export async function loadOutgoing(
  deps: Pick<Deps, 'db' | 'files'>,
  workspaceId: number,
  messageId: number,
  attempt: number,
): Promise<Outgoing | null> {
  const { rows } = await sql<Row>`${prepared}
    select m.body, m.contact_channel_id, link.address, coalesce(nullif(concat_ws(' ', c.first_name, c.last_name), ''), c.profile_name) as contact_name,
      sender.name as sender_name, m.sender_type, link.last_in_at, answered.ext_id as reply_ext_id,
      (select json_agg(json_build_object('id', a.id, 'kind', a.kind, 'name', a.name, 'type', a.type, 'size', a.size)
          order by a.created_at, a.id)
        from attachment a where a.workspace_id = m.workspace_id and a.message_id = m.id) as files,
      case when line.kind = 'email' then (
        select json_agg(json_build_object('extId', t.ext_id, 'incoming', t.incoming, 'subject', t.body->>'subject',
          'references', t.body->'references') order by t.is_answered desc, t.id desc)
        from (
          select answered.id, answered.ext_id, answered.incoming, answered.body, true as is_answered
          where answered.contact_channel_id = m.contact_channel_id and answered.ext_id is not null
          union all
          (select before.id, before.ext_id, before.incoming, before.body, false
            from (select id, ext_id, incoming, body, contact_channel_id from message
              where workspace_id = m.workspace_id and contact_id = m.contact_id and id < m.id
              order by id desc limit ${sql.lit(lookedThrough)}) before
            where before.contact_channel_id = m.contact_channel_id and before.ext_id is not null
              and before.id is distinct from m.reply_to
            order by before.id desc limit ${sql.lit(threadLength - 1)})) t) end as thread
    from message m
    join contact_channel link on link.workspace_id = m.workspace_id and link.id = m.contact_channel_id
    join channel line on line.workspace_id = link.workspace_id and line.id = link.channel_id
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

import { sql } from 'kysely'
import type { MessageBody } from '#contract/conversations.ts'
import type { LinkFile } from '../channels/file-link.ts'
import { extIdOf } from '../channels/webchat/parse-event.ts'
import type { WebchatLine } from '../channels/webchat/settings.ts'
import type { Visitor } from '../channels/webchat/visitor-token.ts'
import { statusCode } from '../conversations/next-status.ts'
import { timeOfId } from '../db/clock.ts'
import type { Reader } from '../http/endpoint.ts'

/** A message as its visitor sees it. */
export interface VisitorMessage {
  readonly id: number
  readonly at: string
  /** The widget's own id of a message it sent. */
  readonly clientId: string | null
  readonly from: 'visitor' | 'site'
  /** Who answers, by first name; null for the site as a whole. */
  readonly name: string | null
  readonly text: string
  readonly choices: readonly string[]
  readonly files: readonly { name: string; kind: string; type: string; url: string }[]
  /** Neither text nor file: something the widget cannot show, or that was taken back. */
  readonly isEmpty: boolean
}

interface Row {
  id: number
  incoming: boolean
  ext_id: string | null
  body: MessageBody
  name: string | null
  files: { id: string; name: string; kind: string; type: string }[] | null
}

const pageSize = 50

/**
 * What was exchanged with a visitor on this line and nothing else, newest last: not the contact's other channels, no notes,
 * nothing that has not gone out. A message that is held of a blocked contact is theirs to see all the same.
 */
export async function listMessages(
  db: Reader,
  { line, linkFile }: { line: WebchatLine; linkFile: LinkFile },
  { address }: Pick<Visitor, 'address'>,
  { after = 0, before = Number.MAX_SAFE_INTEGER }: { after?: number; before?: number } = {},
): Promise<{ items: VisitorMessage[]; hasMore: boolean }> {
  const { workspaceId, channelId } = line
  const range = sql`between ${after + 1}::bigint and ${before - 1}::bigint`
  const { rows } = await sql<Row>`
    with link as (
      select id, contact_id from contact_channel
      where workspace_id = ${workspaceId} and channel_id = ${channelId} and address_key = ${address} and removed_at is null
    ), said as (
      (select m.id, m.incoming, m.ext_id, m.body, m.sender_type, m.sender_id from link
        join message m on m.workspace_id = ${workspaceId} and m.contact_id = link.contact_id
          and m.contact_channel_id = link.id
        where not m.note and m.id ${range}
          and (m.incoming or m.status in (${statusCode.sent}, ${statusCode.delivered}, ${statusCode.read}))
        order by m.id desc limit ${pageSize + 1})
      union all
      (select h.id, true, h.incoming->>'extId', h.incoming->'body', 'contact', null from link
        join held_message h on h.workspace_id = ${workspaceId} and h.contact_id = link.contact_id
        where h.channel_id = ${channelId} and h.address = ${address} and h.id ${range}
        order by h.id desc limit ${pageSize + 1})
      order by id desc limit ${pageSize + 1}
    )
    select said.id, said.incoming, said.ext_id, said.body, sender.name,
      (select json_agg(json_build_object('id', a.id, 'name', a.name, 'kind', a.kind, 'type', a.type)
          order by a.created_at, a.id)
        from attachment a where a.workspace_id = ${workspaceId} and a.message_id = said.id and a.state = 'stored') as files
    from said
    left join member sender on sender.workspace_id = ${workspaceId} and sender.id = said.sender_id
      and said.sender_type = 'member'
    order by said.id desc`.execute(db)
  const items = rows
    .slice(0, pageSize)
    .map((row) => showRow(row, address, (fileId) => linkFile({ workspaceId, fileId })))
  return { items: items.toReversed(), hasMore: rows.length > pageSize }
}

function showRow(row: Row, address: string, urlOf: (fileId: string) => string): VisitorMessage {
  const { body } = row
  const text = 'text' in body ? (body.text ?? '') : ''
  const files = (row.files ?? []).map(({ id, ...file }) => ({ ...file, url: urlOf(id) }))
  const prefix = extIdOf(address, '')
  return {
    id: row.id,
    at: timeOfId(row.id).toISOString(),
    clientId: row.incoming && row.ext_id?.startsWith(prefix) === true ? row.ext_id.slice(prefix.length) : null,
    from: row.incoming ? 'visitor' : 'site',
    name: row.name?.trim().split(/\s+/)[0] ?? null,
    text,
    choices: body.type === 'buttons' && body.chosen === null ? body.choices : [],
    files,
    isEmpty: text === '' && files.length === 0,
  }
}

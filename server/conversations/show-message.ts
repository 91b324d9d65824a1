import type { ChannelKind } from '#contract/channel-kind.ts'
import type { Attachment, Message, MessageBody } from '#contract/conversations.ts'
import { snippetOf } from '../contacts/snippet-of.ts'
import { timeOfId } from '../db/clock.ts'
import { smallUrlOf } from '../files/small-url.ts'
import { fileUrl } from '../files/upload-files.ts'
import type { StoredReaction } from './ingest-reaction.ts'
import type { Failure } from './move-status.ts'
import { statusName } from './next-status.ts'
import { editsOf } from './plan-edit-body.ts'

/** A message's row with what is shown of its neighbours. */
export interface MessageRow {
  readonly id: number
  readonly workspace_id: number
  readonly incoming: boolean
  readonly sender_type: Message['sender']['type']
  readonly sender_id: number | null
  readonly sender_name: string | null
  readonly channel_id: number | null
  readonly channel_kind: ChannelKind | null
  readonly status: number
  readonly verified: boolean | null
  readonly body: MessageBody & Readonly<Record<string, unknown>>
  readonly failure: Failure | null
  readonly reactions: readonly StoredReaction[] | null
  readonly reply_to: number | null
  readonly reply_body: MessageBody | null
  readonly attachments: readonly Omit<Attachment, 'url' | 'smallUrl'>[] | null
}

/** A message as members see it. */
export function showMessage(row: MessageRow): Message {
  return {
    id: row.id,
    at: timeOfId(row.id).toISOString(),
    direction: row.incoming ? 'in' : 'out',
    sender: {
      type: row.sender_type,
      memberId: row.sender_type === 'member' || row.sender_type === 'api' ? row.sender_id : null,
      name: row.sender_name,
    },
    channelId: row.channel_id,
    kind: row.channel_kind,
    body: row.body,
    attachments: (row.attachments ?? []).map((file) => {
      const url = file.state === 'stored' ? fileUrl(row.workspace_id, file.id) : null
      return { ...file, url, smallUrl: smallUrlOf(file, url) }
    }),
    reactions: (row.reactions ?? []).map(({ emoji, from }) => ({ emoji, from })),
    page: (row.body['page'] ?? null) as Message['page'],
    edited: showEdits(row.body),
    replyTo:
      row.reply_to === null || row.reply_body === null
        ? null
        : { messageId: row.reply_to, text: snippetOf(row.reply_body) ?? '', type: row.reply_body.type },
    status: statusName(row.status),
    failure: row.failure,
    verified: row.verified,
  }
}

function showEdits(body: MessageRow['body']): Message['edited'] {
  const edits = editsOf(body)
  return edits === null ? null : { at: edits.at, earlier: [...edits.earlier] }
}

import type { Outgoing } from '../adapter.ts'
import { isLate } from './refuse-message.ts'
import type { PlatformLine } from './settings.ts'

/** A file on its way: what kind of attachment it is. */
export type MediaType = 'image' | 'video' | 'audio' | 'file'

/** Written into what a line sends; its echo comes back with it. */
const mark = (publicId: string, messageId: number): string => `ficha:${publicId}:${messageId}`

/** Which of the line's messages a mark names; null for another's mark, or none. */
export function readMark(publicId: string, metadata: string | undefined): number | null {
  const prefix = `ficha:${publicId}:`
  if (metadata?.startsWith(prefix) !== true) return null
  const id = Number(metadata.slice(prefix.length))
  return Number.isSafeInteger(id) && id > 0 ? id : null
}

/**
 * The request that sends a message, to `POST /<page id>/messages`.
 * Source: developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages
 * An answer that comes late is marked as a person's (`HUMAN_AGENT`), where that is allowed.
 * @param attachment the uploaded file, where the message is one
 */
export function planMessage(
  { publicId, settings }: Pick<PlatformLine, 'publicId' | 'settings'>,
  message: Pick<Outgoing, 'messageId' | 'to' | 'body' | 'replyToExtId' | 'byHand' | 'lastInAt'>,
  attachment: { id: string; type: MediaType } | null,
  now: Date,
): Record<string, unknown> {
  const byAgent = settings.humanAgent && message.byHand && isLate(message.lastInAt, now)
  return {
    recipient: { id: message.to.address },
    ...(byAgent ? { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' } : { messaging_type: 'RESPONSE' }),
    message: {
      ...contentOf(message.body, attachment),
      // Instagram's echoes bring no mark back
      ...(settings.kind === 'messenger' ? { metadata: mark(publicId, message.messageId) } : {}),
    },
    ...(message.replyToExtId === null ? {} : { reply_to: { mid: message.replyToExtId } }),
  }
}

function contentOf(body: Outgoing['body'], attachment: { id: string; type: MediaType } | null): object {
  if (attachment !== null) return { attachment: { type: attachment.type, payload: { attachment_id: attachment.id } } }
  if (body.type === 'buttons')
    return {
      text: body.text,
      quick_replies: body.choices.map((title, at) => ({
        content_type: 'text',
        title,
        payload: `choice-${at + 1}`,
      })),
    }
  return { text: body.type === 'text' ? body.text : '' }
}

import type { OutgoingBody } from '#contract/conversations.ts'
import type { Line } from '../adapter.ts'
import { refuseMessage as refuseOnWhatsapp } from '../whatsapp/refuse-message.ts'

/** Of the text of one message, whatever it is cut into on its way. Source: twilio.com/docs/api/errors/21617 */
const longestText = 1600

interface Message {
  readonly body: OutgoingBody
  readonly fileCount: number
  readonly lastInAt: Date | null
  readonly now: Date
}

/** Why a text message could not go, known before it is queued; null when nothing stands against it. Pure. */
export function refuseSms({ body, fileCount }: Pick<Message, 'body' | 'fileCount'>): string | null {
  if (body.type === 'template') return 'templates-not-here'
  if (body.type === 'buttons') return 'buttons-not-here'
  if (fileCount === 0 && body.text.trim() === '') return 'empty'
  return isTooLong(body) ? 'too-long' : null
}

/** The same for WhatsApp: its own rules, and Twilio's limit. */
export const refuseWhatsapp = (line: Pick<Line, 'progress'>, message: Message): string | null =>
  refuseOnWhatsapp(line, message) ?? (isTooLong(message.body) ? 'too-long' : null)

const isTooLong = (body: OutgoingBody) => body.type === 'text' && body.text.length > longestText

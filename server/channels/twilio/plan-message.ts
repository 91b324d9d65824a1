import type { Outgoing } from '../adapter.ts'
import { isService } from './settings.ts'

/**
 * The form that sends a message, to `POST /2010-04-01/Accounts/<sid>/Messages.json`.
 * Source: twilio.com/docs/messaging/api/message-resource (create)
 * @param fileUrls where Twilio may fetch the message's files
 * @param receiptsUrl where it is to tell what became of it; null where it could not reach that
 */
export function planMessage(
  sender: string,
  { to, body }: Pick<Outgoing, 'to' | 'body'>,
  fileUrls: readonly string[],
  receiptsUrl: string | null,
): URLSearchParams {
  const text = body.type === 'text' ? body.text : ''
  return new URLSearchParams([
    ['To', to.address],
    [isService(sender) ? 'MessagingServiceSid' : 'From', sender],
    ...(text === '' ? [] : [['Body', text]]),
    ...fileUrls.map((url) => ['MediaUrl', url]),
    ...(receiptsUrl === null ? [] : [['StatusCallback', receiptsUrl]]),
  ])
}

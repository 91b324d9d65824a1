import type { Outgoing } from '../adapter.ts'
import { wireAddress } from './address.ts'
import { isService, type TwilioSettings } from './settings.ts'

/** A prepared content that the message is made from: a template, or the buttons of a question. */
export interface UsedContent {
  readonly sid: string
  readonly variables: Readonly<Record<string, string>>
}

/**
 * The form that sends a message, to `POST /2010-04-01/Accounts/<sid>/Messages.json`.
 * Source: twilio.com/docs/messaging/api/message-resource (create)
 * @param used.fileUrls where Twilio may fetch the message's files
 * @param used.receiptsUrl where it is to tell what became of it; null where it could not reach that
 */
export function planMessage(
  { kind, sender }: Pick<TwilioSettings, 'kind' | 'sender'>,
  { to, body }: Pick<Outgoing, 'to' | 'body'>,
  used: { fileUrls: readonly string[]; content: UsedContent | null; receiptsUrl: string | null },
): URLSearchParams {
  const text = body.type === 'text' ? body.text : ''
  const form = new URLSearchParams([
    ['To', wireAddress(kind, to.address)],
    isService(sender) ? ['MessagingServiceSid', sender] : ['From', wireAddress(kind, sender)],
  ])
  if (text !== '') form.append('Body', text)
  for (const url of used.fileUrls) form.append('MediaUrl', url)
  if (used.content !== null) {
    form.append('ContentSid', used.content.sid)
    if (Object.keys(used.content.variables).length > 0)
      form.append('ContentVariables', JSON.stringify(used.content.variables))
  }
  if (used.receiptsUrl !== null) form.append('StatusCallback', used.receiptsUrl)
  return form
}

import type { MessageListInstanceCreateOptions } from 'twilio/lib/rest/api/v2010/account/message.js'
import type { TwilioErrorCode } from './twilio-errors.ts'

const docs = 'https://www.twilio.com/docs'

export interface TwilioViolation {
  /** What Twilio would say. */
  readonly code: TwilioErrorCode
  readonly details: string
  /** Where the rule is published. */
  readonly source: string
}

/** Every parameter we may send, as Twilio's own client knows it; more is a violation. */
const parameters = {
  To: 'to',
  From: 'from',
  MessagingServiceSid: 'messagingServiceSid',
  Body: 'body',
  MediaUrl: 'mediaUrl',
  StatusCallback: 'statusCallback',
} as const satisfies Record<string, keyof MessageListInstanceCreateOptions>

const messages = `${docs}/messaging/api/message-resource`

/** What Twilio would object to in a request to send a message; null for a good one. */
export function violationOf(form: URLSearchParams, known: { senders: ReadonlySet<string> }): TwilioViolation | null {
  const object = (code: TwilioErrorCode, details: string, source = messages): TwilioViolation => ({
    code,
    details,
    source,
  })
  const strange = [...form.keys()].find((name) => !Object.hasOwn(parameters, name))
  if (strange !== undefined) return object(20001, `Unknown parameter ${strange}`)
  const [to, from, service] = [form.get('To'), form.get('From'), form.get('MessagingServiceSid')]
  if (to === null) return object(21604, "A 'To' phone number is required.")
  if (from === null && service === null)
    return object(21603, "A 'From' phone number is required.", `${docs}/api/errors/21603`)
  if (from === to) return object(21266, "'To' and 'From' number cannot be the same", `${docs}/api/errors/21266`)
  if (!/^(\+[1-9]\d{6,14}|\d{3,8})$/.test(to))
    return object(21211, `The 'To' number ${to} is not a valid phone number.`, `${docs}/api/errors/21211`)
  const sender = service ?? from!
  if (!known.senders.has(sender))
    return service === null
      ? object(
          21606,
          `The From phone number ${sender} is not a valid, SMS-capable inbound phone number.`,
          `${docs}/api/errors/21606`,
        )
      : object(21705, 'The Messaging Service Sid is invalid.', `${docs}/api/errors/21705`)
  const media = form.getAll('MediaUrl')
  const body = form.get('Body')
  if ((body === null || body === '') && media.length === 0)
    return object(21602, 'Message body is required.', `${docs}/api/errors/21602`)
  if ((body ?? '').length > 1600)
    return object(21617, 'The concatenated message body exceeds the 1600 character limit.', `${docs}/api/errors/21617`)
  if (media.length > 10)
    return object(21623, 'Number of media files exceeds allowed limit.', `${docs}/api/errors/21623`)
  const odd = media.find((url) => !/^https?:\/\/[^/_]+\.[^/_]+\//.test(url))
  if (odd !== undefined) return object(21620, `Invalid media URL(s): ${odd}`, `${docs}/api/errors/21620`)
  const callback = form.get('StatusCallback')
  if (callback !== null && !/^https?:\/\/[^/_]+\.[^/_]+\//.test(callback))
    return object(21609, `The StatusCallback URL ${callback} is not a valid URL.`, `${docs}/api/errors/21609`)
  return null
}

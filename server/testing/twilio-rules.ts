import type { MessageListInstanceCreateOptions } from 'twilio/lib/rest/api/v2010/account/message.js'
import type {
  ListItem,
  QuickReplyAction,
  TwilioListPicker,
  TwilioQuickReply,
} from 'twilio/lib/rest/content/v1/content.js'
import { z } from 'zod'
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
  ContentSid: 'contentSid',
  ContentVariables: 'contentVariables',
} as const satisfies Record<string, keyof MessageListInstanceCreateOptions>

const messages = `${docs}/messaging/api/message-resource`

/** What Twilio would object to in a request to send a message; null for a good one. */
export function violationOf(
  form: URLSearchParams,
  known: { senders: ReadonlySet<string>; contents: ReadonlyMap<string, { variables: readonly string[] }> },
): TwilioViolation | null {
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
  if (!/^(whatsapp:\+?[A-Z.\d]{6,40}|\+[1-9]\d{6,14}|\d{3,8})$/.test(to))
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
  if (from !== null && channelOf(from) !== channelOf(to))
    return object(
      21910,
      'Invalid From and To pair. From and To should be of the same channel',
      `${docs}/api/errors/21910`,
    )
  const content = form.get('ContentSid')
  if (content !== null) return contentViolation(form, content, known.contents)
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
  if (channelOf(to) === 'whatsapp' && media.length > 1)
    return object(21623, 'WhatsApp takes one file', `${docs}/whatsapp/guidance-whatsapp-media-messages`)
  const callback = form.get('StatusCallback')
  if (callback !== null && !/^https?:\/\/[^/_]+\.[^/_]+\//.test(callback))
    return object(21609, `The StatusCallback URL ${callback} is not a valid URL.`, `${docs}/api/errors/21609`)
  return null
}

const channelOf = (address: string) => /^([a-z]+):/.exec(address)?.[1] ?? 'sms'

/** Source: …/content/using-variables-with-content-api and …/api/errors/21656 */
function contentViolation(
  form: URLSearchParams,
  sid: string,
  contents: ReadonlyMap<string, { variables: readonly string[] }>,
): TwilioViolation | null {
  const content = contents.get(sid)
  if (content === undefined)
    return { code: 21655, details: `The ContentSid ${sid} is invalid`, source: `${docs}/api/errors/21655` }
  const given = parse(form.get('ContentVariables') ?? '{}')
  const wrong =
    given === null ||
    Object.values(given).some((value) => typeof value !== 'string' || value === '' || /[\n\t]| {4}/.test(value)) ||
    Object.keys(given).toSorted().join() !== content.variables.toSorted().join()
  return wrong
    ? { code: 21656, details: 'The Content Variables parameter is invalid', source: `${docs}/api/errors/21656` }
    : null
}

function parse(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return null
  }
}

/** What Twilio would object to in a content that is to be made. Source: …/content/twilio-quick-reply, …/twilio-list-picker */
export function contentRequestViolation(body: unknown): TwilioViolation | null {
  const read = ContentRequest.safeParse(body)
  return read.success
    ? null
    : { code: 20001, details: z.prettifyError(read.error), source: `${docs}/content/content-api-resources` }
}

const text = (max: number) => z.string().min(1).max(max)
// the names of the fields are those of Twilio's own client
type Fields<Shape> = Record<keyof Shape, z.ZodType>
const ContentRequest = z.strictObject({
  friendly_name: z.string().regex(/^[a-z0-9_]{1,450}$/),
  language: z.string().regex(/^[a-z]{2}(_[A-Z]{2})?$/),
  types: z.union([
    z.strictObject({
      'twilio/quick-reply': z.strictObject({
        body: text(1024),
        actions: z
          .array(z.strictObject({ title: text(20), id: text(200) } satisfies Fields<Omit<QuickReplyAction, 'type'>>))
          .min(1)
          .max(3),
      } satisfies Fields<TwilioQuickReply>),
    }),
    z.strictObject({
      'twilio/list-picker': z.strictObject({
        body: text(1024),
        button: text(20),
        items: z
          .array(z.strictObject({ id: text(200), item: text(24) } satisfies Fields<Omit<ListItem, 'description'>>))
          .min(1)
          .max(10),
      } satisfies Fields<Omit<TwilioListPicker, 'multipleSelection'>>),
    }),
  ]),
})

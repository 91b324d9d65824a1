import { z } from 'zod'
import type { Incoming, IncomingSender } from '../adapter.ts'
import type { Account } from './parse-webhook.ts'
import { readMark } from './plan-message.ts'
import { readBody } from './read-body.ts'

const id = z.union([z.string().min(1), z.number()]).transform(String)
const party = z.object({ id: id.optional() }).optional()

const Event = z.looseObject({ sender: party, recipient: party, timestamp: z.unknown().optional() })
type Event = z.infer<typeof Event>

/** Events that say nothing to a person: who has the thread in hand, what was opted into, where somebody came from. */
const wordless = [
  'optin',
  'referral',
  'pass_thread_control',
  'take_thread_control',
  'request_thread_control',
  'app_roles',
  'policy_enforcement',
  'policy-enforcement',
  'account_linking',
  'game_play',
  'messaging_feedback',
  'response_feedback',
]

/**
 * Reads one event of an account: who is not the account is the person.
 * Source: developers.facebook.com/documentation/business-messaging/messenger-platform/webhooks/webhook-events
 * @throws ZodError, Error when it does not have the form of its kind
 */
export function readEvent(item: unknown, account: Account): Incoming[] {
  const event = Event.parse(item)
  if (event['message'] !== undefined)
    return isGone(event['message']) ? readUnsend(event, account) : readMessage(event, account)
  if (event['postback'] !== undefined) return readPostback(event, account)
  if (event['reaction'] !== undefined) return readReaction(event, account)
  if (event['delivery'] !== undefined) return readDelivery(event, account)
  if (event['read'] !== undefined) return readRead(event, account)
  if (event['message_edit'] !== undefined) return readEdit(event, account)
  if (wordless.some((key) => event[key] !== undefined)) return []
  throw new Error('an event of a kind that is not known')
}

const Gone = z.object({ is_deleted: z.literal(true) })
const isGone = (message: unknown) => Gone.safeParse(message).success

/** Somebody took a message back: the person, or the business from elsewhere. */
function readUnsend(event: Event, account: Account): Incoming[] {
  const { mid } = Message.parse(event['message'])
  const ids = [event.sender?.id, event.recipient?.id]
  return [
    {
      type: 'unsend',
      targetExtId: mid,
      sender: personOf(
        ids.find((one) => one !== account.id),
        account,
      ),
    },
  ]
}

const Message = z.looseObject({
  mid: z.string().min(1).max(500),
  is_echo: z.boolean().optional().catch(undefined),
  metadata: z.string().optional().catch(undefined),
  reply_to: z.looseObject({ mid: z.string().optional() }).nullish().catch(null),
})

function readMessage(event: Event, account: Account): Incoming[] {
  const message = Message.parse(event['message'])
  const echo = message.is_echo === true || event.sender?.id === account.id
  const answered = message.reply_to?.mid
  return [
    {
      type: 'message',
      extId: message.mid,
      sentAt: readTime(event.timestamp),
      sender: personOf(echo ? event.recipient?.id : event.sender?.id, account),
      ...readBody(message),
      ...(answered === undefined ? {} : { replyToExtIds: [answered] }),
      ...(echo ? { echo, ...markOf(account, message) } : {}),
    },
  ]
}

/** Instagram's echoes carry no mark: nothing tells whose they are. */
const markOf = ({ object, publicId }: Account, { metadata }: z.infer<typeof Message>) =>
  object === 'page' ? { ours: readMark(publicId, metadata) } : {}

const Postback = z.object({ mid: z.string().optional(), title: z.string().min(1) })

/** A button of an earlier message, of the menu or of the greeting was pressed: its title is what was said. */
function readPostback(event: Event, account: Account): Incoming[] {
  const { mid, title } = Postback.parse(event['postback'])
  const sender = personOf(event.sender?.id, account)
  return [
    {
      type: 'message',
      // before version 8 a postback has no id of its own
      extId: mid ?? `postback:${sender.address}:${String(event.timestamp)}`,
      sentAt: readTime(event.timestamp),
      sender,
      body: { type: 'buttons', text: title, choices: [], chosen: title },
      files: [],
    },
  ]
}

const Reaction = z.object({
  mid: z.string().min(1),
  action: z.enum(['react', 'unreact']),
  emoji: z.string().nullish(),
  reaction: z.string().nullish(),
})

/** What the names of reactions look like, for those that come without their emoji. */
const emojis: Readonly<Record<string, string>> = {
  smile: '😆',
  angry: '😠',
  sad: '😢',
  wow: '😮',
  love: '❤️',
  like: '👍',
  dislike: '👎',
}

function readReaction(event: Event, account: Account): Incoming[] {
  const { mid, action, emoji, reaction } = Reaction.parse(event['reaction'])
  const sender = personOf(event.sender?.id, account)
  return [
    {
      type: 'reaction',
      extId: `reaction:${mid}:${sender.address}:${String(event.timestamp)}`,
      targetExtId: mid,
      sender,
      emoji: action === 'unreact' ? null : emoji || emojis[reaction ?? ''] || '👍',
    },
  ]
}

const Delivery = z.object({ mids: z.array(z.string().min(1)).optional(), watermark: z.unknown().optional() })

/** Messages are named only sometimes; what was sent before the watermark is meant always. */
function readDelivery(event: Event, account: Account): Incoming[] {
  const { mids = [], watermark } = Delivery.parse(event['delivery'])
  const at = readTime(event.timestamp)
  return [
    ...mids.map((extId): Incoming => ({ type: 'status', extId, status: 'delivered', at })),
    ...upTo(watermark, 'delivered', personOf(event.sender?.id, account)),
  ]
}

const Read = z.object({ watermark: z.unknown().optional(), mid: z.string().min(1).optional() })

/** Messenger tells by time up to where was read, Instagram by the message that was. */
function readRead(event: Event, account: Account): Incoming[] {
  const { watermark, mid } = Read.parse(event['read'])
  const at = readTime(event.timestamp)
  return [
    ...(mid === undefined ? [] : [{ type: 'status', extId: mid, status: 'read', at } as const]),
    ...upTo(watermark, 'read', personOf(event.sender?.id, account)),
  ]
}

function upTo(watermark: unknown, status: 'delivered' | 'read', sender: IncomingSender): Incoming[] {
  const time = readTime(watermark)
  return time === null ? [] : [{ type: 'watermark', sender, status, upTo: time }]
}

const Edit = z.object({ mid: z.string().min(1), text: z.string(), num_edit: z.coerce.number() })

function readEdit(event: Event, account: Account): Incoming[] {
  const { mid, text, num_edit } = Edit.parse(event['message_edit'])
  const sender = personOf(event.sender?.id, account)
  return [{ type: 'edit', targetExtId: mid, sender, text, revision: num_edit, at: readTime(event.timestamp) }]
}

/** The person of an event, known by the id that Meta gives them for this one account. */
function personOf(id: string | undefined, account: Account): IncomingSender {
  if (id === undefined || id === account.id) throw new Error('nobody is named')
  return { address: id, addressKey: id, profileName: null }
}

/** Milliseconds since 1970, as text or number; null when they are no time. */
function readTime(timestamp: unknown): Date | null {
  const at = new Date(Number(timestamp) || Number.NaN)
  return Number.isNaN(at.getTime()) ? null : at
}

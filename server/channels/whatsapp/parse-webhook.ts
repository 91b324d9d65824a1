import { z } from 'zod'
import type { Incoming } from '../adapter.ts'
import { readJson } from '../read-json.ts'
import { readBody } from './read-body.ts'
import { Origin, Profile, readSender, type Origin as OriginOf } from './read-sender.ts'
import { translateError } from './translate-error.ts'

const Value = z.looseObject({
  metadata: z.object({ phone_number_id: z.string().optional() }).optional(),
  contacts: z.array(z.unknown()).optional(),
  messages: z.array(z.unknown()).optional(),
  message_echoes: z.array(z.unknown()).optional(),
  statuses: z.array(z.unknown()).optional(),
  user_preferences: z.array(z.unknown()).optional(),
  errors: z.array(z.unknown()).optional(),
})
const Envelope = z.object({
  object: z.literal('whatsapp_business_account'),
  entry: z.array(z.object({ changes: z.array(z.object({ field: z.string(), value: z.unknown() })) })),
})

/** Fields that speak of people; the others speak of the account and its templates. */
const knownFields = new Set(['messages', 'message_echoes', 'smb_message_echoes', 'user_preferences'])

/** The phone numbers (by id) that a webhook speaks of: an app has one address for all its numbers. */
export function phoneNumbersOf(body: Buffer): string[] {
  const envelope = Envelope.safeParse(readJson(body))
  if (!envelope.success) return []
  const ids = envelope.data.entry
    .flatMap((entry) => entry.changes)
    .map((change) => Value.safeParse(change.value).data?.metadata?.phone_number_id)
  return [...new Set(ids.filter((id) => id !== undefined))]
}

/**
 * Reads a webhook of WhatsApp's Cloud API. Pure. Every item stands alone: one that cannot be read is set aside with its
 * raw form, the others go on. What is said to other numbers of the same app is left to their lines.
 */
export function parseWebhook(phoneNumberId: string, body: Buffer): Incoming[] {
  const json = readJson(body)
  const envelope = Envelope.safeParse(json)
  if (!envelope.success) return [unreadable('not a webhook of WhatsApp', json ?? body.toString('latin1'))]
  return envelope.data.entry
    .flatMap((entry) => entry.changes)
    .filter((change) => knownFields.has(change.field))
    .flatMap((change) => {
      const value = Value.safeParse(change.value)
      if (!value.success) return [unreadable('not a message change', change)]
      const to = value.data.metadata?.phone_number_id
      return to === undefined || to === phoneNumberId ? parseValue(value.data) : []
    })
}

function parseValue(value: z.infer<typeof Value>): Incoming[] {
  const profiles = (value.contacts ?? []).flatMap((contact) => Profile.safeParse(contact).data ?? [])
  return [
    ...(value.messages ?? []).flatMap((item) => apart(item, () => readMessage(item, profiles))),
    ...(value.message_echoes ?? []).flatMap((item) => apart(item, () => readEcho(item))),
    ...(value.statuses ?? []).flatMap((item) => apart(item, () => readStatus(item))),
    ...(value.user_preferences ?? []).flatMap((item) => apart(item, () => readPreference(item, profiles))),
    ...(value.errors ?? []).map((error) => unreadable('an error of the provider', error)),
  ]
}

/** Reads one item; whatever is wrong with it stays with it. */
function apart(item: unknown, read: () => Incoming[]): Incoming[] {
  try {
    return read()
  } catch (error) {
    return [unreadable(error instanceof z.ZodError ? z.prettifyError(error) : String(error), item)]
  }
}

const unreadable = (reason: string, raw: unknown): Incoming => ({ type: 'unreadable', reason, raw })

const Message = z.looseObject({
  id: z.string().min(1).max(500),
  type: z.string().min(1).max(100),
  timestamp: z.unknown().optional(),
  group_id: z.string().optional(),
  context: z.object({ id: z.string().optional() }).nullish().catch(null),
})
const Reaction = z.object({ message_id: z.string().min(1), emoji: z.string().nullish() })

/** Somebody opened the chat and has said nothing yet. */
const wordless = new Set(['request_welcome'])

function readMessage(item: unknown, profiles: readonly Profile[], echoTo?: OriginOf): Incoming[] {
  const message = Message.parse(item)
  if (wordless.has(message.type)) return []
  if (message.group_id !== undefined) throw new Error('a message to a group')
  const sender = readSender(echoTo ?? Origin.parse(item), profiles)
  if (sender === null) throw new Error('nobody is named as the sender')
  if (message.type === 'reaction') {
    const { message_id, emoji } = Reaction.parse(message['reaction'])
    if (echoTo !== undefined) return []
    return [{ type: 'reaction', extId: message.id, targetExtId: message_id, sender, emoji: emoji || null }]
  }
  const answered = message.context?.id
  return [
    {
      type: 'message',
      extId: message.id,
      sentAt: readTime(message.timestamp),
      sender,
      ...readBody(message.type, message),
      ...(answered === undefined ? {} : { replyToExtIds: [answered] }),
      // what we send ourselves is not echoed
      ...(echoTo === undefined ? {} : { echo: true, ours: null }),
    },
  ]
}

const Recipient = z.object({ to: z.string().optional(), to_user_id: z.string().optional() })

/** What the business itself said from its phone: `to` is the person. */
function readEcho(item: unknown): Incoming[] {
  const { to, to_user_id } = Recipient.parse(item)
  return readMessage(item, [], { from: to, from_user_id: to_user_id })
}

const Status = z.object({
  id: z.string().min(1),
  status: z.enum(['sent', 'delivered', 'read', 'failed', 'played', 'deleted']),
  timestamp: z.unknown().optional(),
  errors: z.array(z.unknown()).optional(),
})

function readStatus(item: unknown): Incoming[] {
  const { id, status, timestamp, errors } = Status.parse(item)
  // the person took the message away on their own phone: it was received all the same
  if (status === 'deleted') return []
  const base = { type: 'status', extId: id, at: readTime(timestamp) } as const
  if (status !== 'failed') return [{ ...base, status: status === 'played' ? 'read' : status }]
  const { code, detail } = translateError(null, errors?.[0])
  return [{ ...base, status, failure: { code, detail } }]
}

const Preference = z.object({
  wa_id: z.string().optional(),
  user_id: z.string().optional(),
  category: z.string(),
  value: z.string(),
})

/**
 * What somebody set for the business in WhatsApp. Kinds that are not known say nothing to us.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/user_preferences
 */
function readPreference(item: unknown, profiles: readonly Profile[]): Incoming[] {
  const { wa_id, user_id, category, value } = Preference.parse(item)
  if (category !== 'marketing_messages' || (value !== 'stop' && value !== 'resume')) return []
  const sender = readSender({ from: wa_id, from_user_id: user_id }, profiles)
  if (sender === null) throw new Error('nobody is named')
  return [{ type: 'preference', sender, marketing: value }]
}

/** Seconds since 1970, as text or number; null when they are no time. */
function readTime(timestamp: unknown): Date | null {
  const at = new Date((Number(timestamp) || Number.NaN) * 1000)
  return Number.isNaN(at.getTime()) ? null : at
}

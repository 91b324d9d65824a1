import { z } from 'zod'
import type { Incoming, IncomingSender } from '../adapter.ts'
import { readJson } from '../read-json.ts'
import { readBody } from './read-body.ts'

const text = z.string().optional().catch(undefined)
const User = z.object({ id: z.number(), first_name: text, last_name: text, username: text, language_code: text })
const Chat = z.object({ id: z.number(), type: z.string() })
const Message = z.looseObject({
  message_id: z.number(),
  from: User.optional(),
  chat: Chat,
  date: z.number(),
  edit_date: z.number().optional(),
  text,
  caption: text,
  reply_to_message: z.object({ message_id: z.number() }).optional().catch(undefined),
})
type Message = z.infer<typeof Message>
const Reaction = z.object({
  chat: Chat,
  message_id: z.number(),
  user: User.optional(),
  new_reaction: z.array(z.looseObject({ type: z.string(), emoji: text })),
})
const Press = z.object({
  id: z.string(),
  from: User,
  data: text,
  message: z
    .object({
      message_id: z.number(),
      chat: Chat,
      reply_markup: z
        .object({ inline_keyboard: z.array(z.array(z.object({ text: z.string(), callback_data: text }))) })
        .optional()
        .catch(undefined),
    })
    .optional(),
})
const Update = z.looseObject({
  update_id: z.number(),
  message: z.unknown().optional(),
  edited_message: z.unknown().optional(),
  message_reaction: z.unknown().optional(),
  callback_query: z.unknown().optional(),
})

/** What is subscribed to; reactions come only when they are asked for. Source: core.telegram.org/bots/api#update */
export const wantedUpdates = [
  'message',
  'edited_message',
  'message_reaction',
  'callback_query',
  'my_chat_member',
] as const

/**
 * Reads an update of Telegram's. Pure. What is said in groups and channels is nobody's conversation here.
 * Source: core.telegram.org/bots/api#getting-updates
 */
export function readUpdate(body: Buffer): Incoming[] {
  const json = readJson(body)
  const update = Update.safeParse(json).data
  if (update === undefined) return [unreadable('not an update of Telegram', json ?? body.toString('latin1'))]
  try {
    if (update.message !== undefined) return readMessage(Message.parse(update.message))
    if (update.edited_message !== undefined) return readEdit(Message.parse(update.edited_message))
    if (update.message_reaction !== undefined)
      return readReaction(update.update_id, Reaction.parse(update.message_reaction))
    if (update.callback_query !== undefined) return readPress(Press.parse(update.callback_query))
    return []
  } catch (error) {
    return [unreadable(error instanceof z.ZodError ? z.prettifyError(error) : String(error), json)]
  }
}

const unreadable = (reason: string, raw: unknown): Incoming => ({ type: 'unreadable', reason, raw })

/** Numbers of messages are counted in each chat anew. */
export const extIdOf = (chatId: number, messageId: number): string => `${chatId}:${messageId}`

function readMessage(message: Message): Incoming[] {
  const { chat, from, reply_to_message: answered } = message
  if (chat.type !== 'private' || from === undefined) return []
  const read = readBody(message)
  if (read === null) return []
  const { body, files, ownPhone } = read
  return [
    {
      type: 'message',
      extId: extIdOf(chat.id, message.message_id),
      sentAt: new Date(message.date * 1000),
      sender: senderOf(chat.id, from, ownPhone),
      body,
      files,
      ...(answered === undefined ? {} : { replyToExtIds: [extIdOf(chat.id, answered.message_id)] }),
    },
  ]
}

function readEdit(message: Message): Incoming[] {
  const { chat, from, edit_date: at, text, caption } = message
  const words = text ?? caption
  // a place that moves is told as an edit again and again
  if (chat.type !== 'private' || from === undefined || words === undefined) return []
  return [
    {
      type: 'edit',
      targetExtId: extIdOf(chat.id, message.message_id),
      sender: senderOf(chat.id, from, null),
      text: words,
      revision: at ?? 0,
      at: at === undefined ? null : new Date(at * 1000),
    },
  ]
}

function readReaction(
  updateId: number,
  { chat, message_id, user, new_reaction }: z.infer<typeof Reaction>,
): Incoming[] {
  if (chat.type !== 'private' || user === undefined) return []
  const shown = new_reaction.find(({ type, emoji }) => type === 'emoji' && emoji !== undefined)
  // one that only Telegram can draw
  if (new_reaction.length > 0 && shown === undefined) return []
  const targetExtId = extIdOf(chat.id, message_id)
  return [
    {
      type: 'reaction',
      extId: `${targetExtId}:reaction:${updateId}`,
      targetExtId,
      sender: senderOf(chat.id, user, null),
      emoji: shown?.emoji ?? null,
    },
  ]
}

function readPress({ id, from, data, message }: z.infer<typeof Press>): Incoming[] {
  if (message === undefined || message.chat.type !== 'private') return []
  const buttons = message.reply_markup?.inline_keyboard.flat() ?? []
  const chosen =
    buttons.find(({ callback_data }) => callback_data !== undefined && callback_data === data)?.text ?? data
  if (chosen === undefined) return []
  return [
    {
      type: 'message',
      extId: `press:${id}`,
      sentAt: null,
      sender: senderOf(message.chat.id, from, null),
      body: { type: 'buttons', text: chosen, choices: [], chosen },
      files: [],
      replyToExtIds: [extIdOf(message.chat.id, message.message_id)],
    },
  ]
}

function senderOf(chatId: number, user: z.infer<typeof User>, phone: string | null): IncomingSender {
  const { first_name: firstName, last_name: lastName, username, language_code: language } = user
  const name = [firstName, lastName].filter(Boolean).join(' ')
  return {
    address: String(chatId),
    addressKey: `tg:${chatId}`,
    profileName: name || username || null,
    firstName: firstName || null,
    lastName: lastName || null,
    language: languageOf(language),
    phone,
  }
}

/** An IETF tag, `pt-br`. */
function languageOf(tag: string | undefined): string | null {
  const [, base, region] = /^([a-z]{2})(?:-([a-z]{2}))?$/i.exec(tag ?? '') ?? []
  if (base === undefined) return null
  return region === undefined ? base.toLowerCase() : `${base.toLowerCase()}-${region.toUpperCase()}`
}

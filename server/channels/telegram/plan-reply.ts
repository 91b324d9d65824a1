import { z } from 'zod'

/** A call to the Bot API. */
export interface BotCall {
  readonly method: string
  readonly params: Readonly<Record<string, unknown>>
}

const Chat = z.object({ id: z.number(), type: z.string() })
const Membership = z.object({
  chat: Chat,
  from: z.object({ language_code: z.string().optional() }),
  old_chat_member: z.object({ status: z.string() }),
  new_chat_member: z.object({ status: z.string() }),
})
const Update = z.object({
  message: z
    .object({ chat: Chat, new_chat_members: z.unknown().optional(), group_chat_created: z.unknown().optional() })
    .optional()
    .catch(undefined),
  callback_query: z.object({ id: z.string() }).optional().catch(undefined),
  my_chat_member: Membership.optional().catch(undefined),
})

const isGroup = (type: string) => type === 'group' || type === 'supergroup'
const isThere = (status: string) => ['member', 'administrator', 'restricted'].includes(status)

/**
 * What an update is answered with at once, if anything. Pure. A press of a button is acknowledged. A group is told once, when
 * the bot is taken in, that it talks to people one to one; at the first word to it there, it leaves.
 */
export function planReply(update: unknown): BotCall | null {
  const { message, callback_query, my_chat_member } = Update.safeParse(update).data ?? {}
  if (callback_query !== undefined)
    return { method: 'answerCallbackQuery', params: { callback_query_id: callback_query.id } }
  if (my_chat_member !== undefined) return replyToMembership(my_chat_member)
  const isService = message?.new_chat_members !== undefined || message?.group_chat_created !== undefined
  if (message !== undefined && isGroup(message.chat.type) && !isService) return leave(message.chat.id)
  return null
}

function replyToMembership({
  chat,
  from,
  old_chat_member: before,
  new_chat_member: now,
}: z.infer<typeof Membership>): BotCall | null {
  if (chat.type === 'private' || isThere(before.status) || !isThere(now.status)) return null
  return isGroup(chat.type)
    ? { method: 'sendMessage', params: { chat_id: chat.id, text: refusal(from.language_code) } }
    : leave(chat.id)
}

const leave = (chatId: number): BotCall => ({ method: 'leaveChat', params: { chat_id: chatId } })

const refusal = (language: string | undefined) =>
  language?.startsWith('es') === true
    ? 'Aquí no puedo atender: hablo con cada persona por separado. Escríbeme en un chat privado, por favor.'
    : 'I can’t help in groups: I talk with each person one to one. Please write to me in a private chat.'

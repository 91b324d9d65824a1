import type { Chat, Message, Update, User } from '@grammyjs/types'

/** Names and numbers as in core.telegram.org/bots/api and …/bots/webhooks (“testing your bot with updates”). */
export const telegramExample = {
  botId: 123456789,
  username: 'lucky_shrub_bot',
  personId: 1111111,
  groupId: -1002222222,
}

const person: User = {
  id: telegramExample.personId,
  is_bot: false,
  first_name: 'Lucía',
  last_name: 'Ferrer',
  username: 'luciaf',
  language_code: 'es',
}
const privateChat: Chat.PrivateChat = {
  id: telegramExample.personId,
  type: 'private',
  first_name: 'Lucía',
  last_name: 'Ferrer',
  username: 'luciaf',
}
const group: Chat.SupergroupChat = { id: telegramExample.groupId, type: 'supergroup', title: 'Vecinos' }

let counter = 9000
const next = () => ++counter

/** What a person sends to the bot: the content is what the kind of message has. */
export function telegramMessage(content: Partial<Message>, more: { messageId?: number } = {}): Update {
  const message = {
    message_id: more.messageId ?? next(),
    from: person,
    chat: privateChat,
    date: 1_441_645_532,
    ...content,
  } as Message & Update.NonChannel
  return { update_id: next(), message }
}

export function telegramEdit(messageId: number, text: string, editDate: number): Update {
  const edited_message = {
    message_id: messageId,
    from: person,
    chat: privateChat,
    date: 1_441_645_532,
    edit_date: editDate,
    text,
  } as Message & Update.NonChannel
  return { update_id: next(), edited_message: edited_message as never }
}

export const telegramReaction = (messageId: number, emoji: '👍' | '❤' | null): Update => ({
  update_id: next(),
  message_reaction: {
    chat: privateChat,
    message_id: messageId,
    user: person,
    date: 1_441_645_600,
    old_reaction: [],
    new_reaction: emoji === null ? [] : [{ type: 'emoji', emoji }],
  },
})

export const telegramPress = (messageId: number, buttons: readonly string[], chosen: number): Update => ({
  update_id: next(),
  callback_query: {
    id: String(next()),
    from: person,
    chat_instance: '1',
    data: `choice-${chosen}`,
    message: {
      message_id: messageId,
      chat: privateChat,
      date: 1_441_645_532,
      text: '?',
      reply_markup: {
        inline_keyboard: buttons.map((text, at) => [{ text, callback_data: `choice-${at + 1}` }]),
      },
    } as Message,
  },
})

/** The bot is taken into a group, or somebody blocks it. */
export const telegramMembership = (
  where: 'group' | 'private',
  [before, now]: readonly ['left' | 'member' | 'kicked', 'member' | 'kicked' | 'left'],
): Update => {
  const user = { id: telegramExample.botId, is_bot: true, first_name: 'Lucky Shrub' }
  const of = (status: string) => ({ user, status }) as never
  return {
    update_id: next(),
    my_chat_member: {
      chat: where === 'group' ? group : privateChat,
      from: person,
      date: 1_441_645_532,
      old_chat_member: of(before),
      new_chat_member: of(now),
    },
  }
}

export const telegramGroupMessage = (text: string): Update => ({
  update_id: next(),
  message: { message_id: next(), from: person, chat: group, date: 1_441_645_532, text },
})

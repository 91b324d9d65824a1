import { z } from 'zod'
import type { Attempt, Outgoing } from '../adapter.ts'
import { endRefused, endUnanswered } from '../end-attempt.ts'
import type { Bot, BotAnswer } from './open-bot.ts'
import { planMessage, type PlannedCall } from './plan-message.ts'
import { extIdOf } from './read-update.ts'
import { translateError } from './translate-error.ts'

const Sent = z.object({ message_id: z.number(), chat: z.object({ id: z.number() }) })

/** One attempt. Telegram knows no key that would make a repetition harmless: what is not answered may have gone. */
export async function sendMessage(bot: Bot, message: Outgoing, signal: AbortSignal): Promise<Attempt> {
  try {
    const answer = await call(bot, planMessage(message), message, signal)
    // refused as a picture, for its measures: nothing went, and as a file it will
    if (isRefusedPicture(answer)) return attemptOf(await call(bot, planMessage(message, true), message, signal))
    return attemptOf(answer)
  } catch (error) {
    return endUnanswered(error, 'sending')
  }
}

async function call(
  bot: Bot,
  { method, params, file }: PlannedCall,
  message: Outgoing,
  signal: AbortSignal,
): Promise<BotAnswer> {
  if (file === null) return bot.call(method, params, signal)
  const { name, type, id } = file.source
  const content = await message.openFile(id)
  return bot.call(method, params, signal, { file: { field: file.field, name, type, content } })
}

const Refused = z.object({ description: z.string() })
const isRefusedPicture = ({ ok, error }: BotAnswer) =>
  !ok && /PHOTO_|IMAGE_PROCESS_FAILED/.test(Refused.safeParse(error).data?.description ?? '')

function attemptOf({ ok, status, result, error }: BotAnswer): Attempt {
  if (ok) {
    const sent = Sent.safeParse(result).data
    return sent === undefined
      ? { outcome: 'unknown', detail: 'Telegram answered without the message’s number.' }
      : { outcome: 'accepted', extId: extIdOf(sent.chat.id, sent.message_id) }
  }
  return endRefused('Telegram', status, translateError(status, error))
}

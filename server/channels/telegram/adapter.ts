import type { FieldProblem } from '#contract/errors.ts'
import type { ChannelAdapter } from '../adapter.ts'
import { newToken } from '../new-token.ts'
import { checkLine, findAddress } from './check-line.ts'
import { fetchFile } from './fetch-file.ts'
import { leaveBot, listenToBot } from './listen-to-bot.ts'
import { openBot } from './open-bot.ts'
import { readUpdate } from './read-update.ts'
import { refuseMessage } from './refuse-message.ts'
import { sendMessage } from './send-message.ts'
import { botIdOf, webhookUrlOf, type TelegramSettings, type TelegramWorld } from './settings.ts'
import { verifyWebhook } from './verify-webhook.ts'

/**
 * A Telegram bot. It may only write to who has written to it first; some thirty messages a second, one a second to the same
 * chat. Source of the pace: core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
 */
export function makeTelegram(world: TelegramWorld): ChannelAdapter<TelegramSettings> {
  const open = ({ botToken }: TelegramSettings) => openBot(world, botToken)
  return {
    kind: 'telegram',
    secretPaths: ['botToken'],
    addressedBy: 'other',
    filesPerMessage: 1,
    pace: { perSecond: 30, contactSeconds: 1 },
    describe: ({ botToken }) => ({ lineKey: botIdOf(botToken), address: null }),
    findAddress: (settings, signal) => findAddress(open(settings), signal),
    refusesSettings: ({ botToken }) => refuseToken(botToken),
    newSecrets: () => ({ webhookSecret: newToken() }),
    refuses: (_line, message) => refuseMessage(message),
    verifyWebhook,
    parse: (_line, event) => readUpdate(event.body),
    send: (line, message, signal) => sendMessage(open(line.settings), message, signal),
    check: (settings, signal, context) => checkLine(open(settings), signal, context?.webhookUrl ?? null),
    fetchFile: (line, source, signal) => fetchFile(open(line.settings), source['fileId'] ?? '', signal),
    leave: (line, signal) => leaveBot(open(line.settings), webhookUrlOf(world.publicUrl, line), signal),
    listen: (line, listening) => listenToBot(open(line.settings), line, world.publicUrl, listening),
  }
}

function refuseToken(botToken: string): FieldProblem[] {
  const path = 'botToken'
  if (botToken === '') return [{ path, reason: 'required', message: 'This is needed.' }]
  return /^\d{5,20}:[\w-]{30,60}$/.test(botToken)
    ? []
    : [{ path, reason: 'format', message: 'A token is a number, a colon, and 35 characters.' }]
}

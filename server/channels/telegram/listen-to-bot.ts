import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { OutgoingFailure } from '../../http/outgoing-failure.ts'
import type { Listening } from '../adapter.ts'
import { ProviderRefusal } from '../provider-refusal.ts'
import { resultOf, type Bot } from './open-bot.ts'
import { planReply } from './plan-reply.ts'
import { wantedUpdates } from './read-update.ts'
import { webhookUrlOf, type TelegramLine } from './settings.ts'

/** How often it is looked after whether Telegram still calls here, and gets through. */
const lookEveryMs = 5 * 60_000
/** For so long Telegram keeps a question for news open. */
const pollSeconds = 25

/** Telegram calls only addresses with encryption, on a few ports. Source: core.telegram.org/bots/webhooks */
export function isCallable(url: string): boolean {
  const { protocol, port, hostname } = new URL(url)
  return protocol === 'https:' && ['', '443', '80', '88', '8443'].includes(port) && hostname.includes('.')
}

/**
 * Keeps a bot's news coming. Where this server is reached from the internet, Telegram is told to call, and it is looked after
 * whether it does; elsewhere it is asked.
 */
export async function listenToBot(
  bot: Bot,
  line: Pick<TelegramLine, 'publicId' | 'secrets' | 'workspaceId' | 'channelId' | 'progress'>,
  publicUrl: string,
  listening: Listening,
): Promise<void> {
  const url = webhookUrlOf(publicUrl, line)
  const keepOn = isCallable(url)
    ? watchWebhook(bot, { url, secret: line.secrets?.['webhookSecret'] ?? '' }, listening)
    : askForNews(bot, line, listening)
  try {
    await keepOn
  } catch (error) {
    if (listening.signal.aborted) return
    await listening.report(problemOf(error))
    throw error
  }
}

function problemOf(error: unknown): { code: string; detail: string | null } {
  if (error instanceof ProviderRefusal) return error
  if (error instanceof OutgoingFailure) return { code: 'unreachable', detail: error.message }
  throw error
}

const Webhook = z.object({
  url: z.string(),
  last_error_date: z.number().optional(),
  last_error_message: z.string().optional(),
})

async function watchWebhook(
  bot: Bot,
  { url, secret }: { url: string; secret: string },
  { signal, report }: Listening,
): Promise<void> {
  const told = await bot.call('setWebhook', { url, secret_token: secret, allowed_updates: wantedUpdates }, signal)
  resultOf(z.literal(true), told)
  await report(null)
  for (;;) {
    await wait(lookEveryMs, undefined, { signal })
    const info = resultOf(Webhook, await bot.call('getWebhookInfo', {}, signal))
    // set to another address meanwhile: two installations would take it from each other for ever
    if (info.url !== '' && info.url !== url)
      await report({ code: 'webhook-elsewhere', detail: URL.canParse(info.url) ? new URL(info.url).host : null })
    else if (info.url === '') return
    else if ((info.last_error_date ?? 0) * 1000 > Date.now() - lookEveryMs)
      await report({ code: 'webhook-failing', detail: info.last_error_message ?? null })
    else await report(null)
  }
}

/** Has Telegram call here no more; where it calls elsewhere meanwhile, that is somebody else's. */
export async function leaveBot(bot: Bot, ownUrl: string, signal: AbortSignal): Promise<void> {
  const { url } = resultOf(Webhook, await bot.call('getWebhookInfo', {}, signal))
  if (url === ownUrl) resultOf(z.literal(true), await bot.call('deleteWebhook', {}, signal))
}

const Updates = z.array(z.looseObject({ update_id: z.number() }))

/** Each update is stored before the next question, which tells Telegram that it may forget it. */
async function askForNews(
  bot: Bot,
  line: Pick<TelegramLine, 'workspaceId' | 'channelId' | 'progress'>,
  { signal, store, saveProgress, report, log }: Listening,
): Promise<void> {
  resultOf(z.literal(true), await bot.call('deleteWebhook', {}, signal))
  let offset = Number(line.progress['nextUpdate'] ?? 0)
  for (;;) {
    const answer = await bot.call(
      'getUpdates',
      { offset, timeout: pollSeconds, allowed_updates: wantedUpdates },
      signal,
      { totalMs: (pollSeconds + 15) * 1000 },
    )
    const updates = resultOf(Updates, answer)
    await report(null)
    for (const update of updates) {
      await store(line, { headers: {}, body: Buffer.from(JSON.stringify(update)) })
      const reply = planReply(update)
      // a courtesy: what comes of it changes nothing
      if (reply !== null)
        await bot
          .call(reply.method, reply.params, signal)
          .catch((error: unknown) => log.info({ err: error }, 'no reply'))
    }
    const last = updates.at(-1)
    if (last === undefined) continue
    offset = last.update_id + 1
    await saveProgress({ nextUpdate: offset })
  }
}

import { z } from 'zod'
import type { CheckResult } from '#contract/channels.ts'
import { ProviderRefusal } from '../provider-refusal.ts'
import { runCheck } from '../run-check.ts'
import { isCallable } from './listen-to-bot.ts'
import { resultOf, type Bot } from './open-bot.ts'

const Me = z.object({ username: z.string(), first_name: z.string() })
const Webhook = z.object({ url: z.string() })

/**
 * Asks Telegram who the bot is, and where it calls. It changes nothing: a connected line sets its webhook by itself.
 * Source: core.telegram.org/bots/api#getme and #getwebhookinfo
 * @param webhookUrl where a connected line's calls should arrive; null before there is one
 */
export async function checkLine(bot: Bot, signal: AbortSignal, webhookUrl: string | null): Promise<CheckResult> {
  return runCheck([
    {
      step: 'bot',
      async run() {
        const { username, first_name } = resultOf(Me, await bot.call('getMe', {}, signal))
        return `@${username} · ${first_name}`
      },
    },
    ...(webhookUrl === null || !isCallable(webhookUrl)
      ? []
      : [
          {
            step: 'webhook',
            async run() {
              const { url } = resultOf(Webhook, await bot.call('getWebhookInfo', {}, signal))
              if (url === '') throw new ProviderRefusal({ code: 'webhook-missing', detail: null })
              if (url !== webhookUrl)
                throw new ProviderRefusal({ code: 'webhook-elsewhere', detail: new URL(url).host })
              return null
            },
          },
        ]),
  ])
}

/** The bot's name as people look it up. */
export async function findAddress(bot: Bot, signal: AbortSignal): Promise<string | null> {
  return `@${resultOf(Me, await bot.call('getMe', {}, signal)).username}`
}

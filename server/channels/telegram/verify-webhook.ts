import { timingSafeEqual, createHash } from 'node:crypto'
import { readJson } from '../read-json.ts'
import type { WebhookCall, WebhookVerdict } from '../adapter.ts'
import { planReply } from './plan-reply.ts'
import type { TelegramLine } from './settings.ts'

/**
 * Is this call Telegram's? It is proven by the secret that the webhook was set with. What is to be answered at once goes back
 * as the answer to the call.
 * Source: core.telegram.org/bots/api#setwebhook and #making-requests-when-getting-updates
 */
export function verifyWebhook(
  line: Pick<TelegramLine, 'secrets'>,
  { method, headers, rawBody }: Pick<WebhookCall, 'method' | 'headers' | 'rawBody'>,
): WebhookVerdict {
  if (method !== 'POST') return { accept: false, status: 400, reason: 'call with POST' }
  const secret = line.secrets?.['webhookSecret'] ?? ''
  const given = headers['x-telegram-bot-api-secret-token'] ?? ''
  if (secret === '' || !isSame(given, secret)) return { accept: false, status: 401, reason: 'the secret does not fit' }
  const reply = planReply(readJson(rawBody))
  return { accept: true, reply: reply === null ? {} : { method: reply.method, ...reply.params } }
}

const hash = (text: string) => createHash('sha256').update(text).digest()
const isSame = (a: string, b: string) => timingSafeEqual(hash(a), hash(b))

import type { Update } from '@grammyjs/types'
import { startDouble, type DoubleAnswer, type DoubleRequest, type Trouble } from './double-server.ts'
import { violationOf, type TelegramViolation } from './telegram-rules.ts'
import { telegramExample } from './telegram-updates.ts'

export interface TelegramDouble {
  /** For `FICHA_TELEGRAM_API`. */
  readonly url: string
  /** What to connect a channel with. */
  readonly settings: { kind: 'telegram'; botToken: string }
  readonly requests: DoubleRequest[]
  /** What it was asked to do in chats, in order, also by the answer to a webhook. */
  readonly sent: { method: string; params: Record<string, unknown>; messageId: number }[]
  /** Requests it had to object to, with where the rule is published. A test that provokes none expects none. */
  readonly violations: TelegramViolation[]
  /** As it was last told to call. */
  readonly webhook: { url: string; secret: string; lastError: string | null }
  /** Who has started the bot; nobody else can be written to. */
  readonly started: Set<number>
  /** Who has blocked it since. */
  readonly blocked: Set<number>
  /** Waits to be fetched, where no webhook is set. */
  readonly pending: Update[]
  /** Trouble for the next requests to send something. */
  trouble(...next: Trouble[]): void
  revokeToken(): void
  /** A file as if somebody had sent it; the answer is its id. Beyond 20 MB it cannot be fetched. */
  addFile(content: Buffer, path: string): string
  /** Calls a webhook as Telegram does, and does what the answer asks for. */
  call(webhookUrl: string, update: unknown, headers?: Record<string, string>): Promise<Response>
  close(): Promise<void>
}

/** An error in the form of the Bot API. Source: core.telegram.org/bots/api#making-requests */
export const telegramError = (
  code: number,
  description: string,
  parameters?: { retry_after: number },
): DoubleAnswer => ({
  status: code,
  body: { ok: false, error_code: code, description, ...(parameters === undefined ? {} : { parameters }) },
})

/** What bots may fetch. Source: core.telegram.org/bots/api#getfile */
const mostBytes = 20 * 1024 * 1024

/** A stand-in for Telegram's Bot API that checks every request against the published rules. */
export async function startTelegramDouble(): Promise<TelegramDouble> {
  const settings = { kind: 'telegram' as const, botToken: `${telegramExample.botId}:AAF-${'x'.repeat(31)}` }
  const sent: TelegramDouble['sent'] = []
  const violations: TelegramViolation[] = []
  const files = new Map<string, { content: Buffer; path: string }>()
  const webhook = { url: '', secret: '', lastError: null as string | null }
  let valid = true
  let lastMessage = 100

  const done = (result: unknown): DoubleAnswer => ({ status: 200, body: { ok: true, result } })

  async function answer(request: DoubleRequest): Promise<DoubleAnswer> {
    const [, isFile, token, rest] = /^\/(file\/)?bot([^/]+)\/(.+)$/.exec(request.path) ?? []
    if (rest === undefined) return telegramError(404, 'Not Found')
    if (token !== settings.botToken) return telegramError(404, 'Not Found')
    if (!valid) return telegramError(401, 'Unauthorized')
    if (isFile !== undefined) {
      const file = [...files.values()].find(({ path }) => path === rest)
      return file === undefined ? telegramError(404, 'Not Found') : { status: 200, body: file.content }
    }
    return act(rest, await paramsOf(request))
  }

  async function act(method: string, params: Record<string, unknown>): Promise<DoubleAnswer> {
    const violation = violationOf(method, params)
    if (violation !== null) {
      violations.push(violation)
      return telegramError(400, violation.description)
    }
    switch (method) {
      case 'getMe':
        return done({
          id: telegramExample.botId,
          is_bot: true,
          first_name: 'Lucky Shrub',
          username: telegramExample.username,
          can_join_groups: true,
          can_read_all_group_messages: false,
          supports_inline_queries: false,
        })
      case 'setWebhook':
        Object.assign(webhook, { url: params['url'], secret: params['secret_token'] })
        return done(true)
      case 'deleteWebhook':
        Object.assign(webhook, { url: '', secret: '' })
        return done(true)
      case 'getWebhookInfo':
        return done({
          url: webhook.url,
          has_custom_certificate: false,
          pending_update_count: 0,
          ...(webhook.lastError === null
            ? {}
            : { last_error_date: Math.floor(Date.now() / 1000), last_error_message: webhook.lastError }),
        })
      case 'getUpdates':
        return getUpdates(Number(params['offset']))
      case 'getFile':
        return getFile(String(params['file_id']))
      case 'answerCallbackQuery':
      case 'leaveChat':
        sent.push({ method, params, messageId: 0 })
        return done(true)
      default:
        return send(method, params)
    }
  }

  /** Whoever asks holds on for news, as at the real one; here not for long. */
  async function getUpdates(offset: number): Promise<DoubleAnswer> {
    if (webhook.url !== '') return telegramError(409, "Conflict: can't use getUpdates method while webhook is active")
    double.pending.splice(0, double.pending.filter(({ update_id }) => update_id < offset).length)
    if (double.pending.length === 0) await new Promise((resolve) => setTimeout(resolve, 100))
    return done(double.pending)
  }

  function getFile(id: string): DoubleAnswer {
    const file = files.get(id)
    if (file === undefined)
      return telegramError(400, 'Bad Request: wrong file_id or the file is temporarily unavailable')
    if (file.content.length > mostBytes) return telegramError(400, 'Bad Request: file is too big')
    return done({ file_id: id, file_unique_id: id, file_size: file.content.length, file_path: file.path })
  }

  function send(method: string, params: Record<string, unknown>): DoubleAnswer {
    const chatId = params['chat_id'] as number
    if (double.blocked.has(chatId)) return telegramError(403, 'Forbidden: bot was blocked by the user')
    if (chatId > 0 && !double.started.has(chatId))
      return telegramError(403, "Forbidden: bot can't initiate conversation with a user")
    const messageId = ++lastMessage
    sent.push({ method, params, messageId })
    return done({
      message_id: messageId,
      chat: { id: chatId, type: chatId > 0 ? 'private' : 'supergroup' },
      date: Math.floor(Date.now() / 1000),
    })
  }

  const server = await startDouble(answer, ({ path }) => /\/send\w+$/.test(path))
  const double: TelegramDouble = {
    url: server.url,
    settings,
    requests: server.requests,
    sent,
    violations,
    webhook,
    started: new Set([telegramExample.personId]),
    blocked: new Set(),
    pending: [],
    trouble: (...next) => server.trouble(...next),
    revokeToken: () => void (valid = false),
    addFile(content, path) {
      const id = `AgACAgQ${files.size}`
      files.set(id, { content, path })
      return id
    },
    async call(webhookUrl, update, headers = {}) {
      const response = await fetch(webhookUrl, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-telegram-bot-api-secret-token': webhook.secret,
          ...headers,
        },
        body: JSON.stringify(update),
      })
      const text = await response.clone().text()
      const { method, ...params } = JSON.parse(text) as Record<string, unknown>
      if (response.ok && typeof method === 'string') await act(method, params)
      return response
    },
    close: () => server.close(),
  }
  return double
}

async function paramsOf({ headers, body }: DoubleRequest): Promise<Record<string, unknown>> {
  const type = headers['content-type'] ?? ''
  if (!type.startsWith('multipart/')) return JSON.parse(body.toString()) as Record<string, unknown>
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
  const texts = new Set(['caption', 'text'])
  return Object.fromEntries(
    [...form].map(([name, value]) => [
      name,
      typeof value === 'string' && !texts.has(name) ? (JSON.parse(value) as unknown) : value,
    ]),
  )
}

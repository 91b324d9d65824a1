import { z } from 'zod'
import type { OutgoingAnswer } from '../../http/outgoing.ts'
import { ProviderRefusal } from '../provider-refusal.ts'
import type { TelegramWorld } from './settings.ts'
import { translateError } from './translate-error.ts'
import { readJson } from '../read-json.ts'

export interface BotAnswer {
  readonly ok: boolean
  readonly status: number
  readonly result: unknown
  /** `error_code`, `description` and `parameters` of a refusal. */
  readonly error: unknown
}

export interface BotFile {
  /** Which parameter it is. */
  readonly field: string
  readonly name: string
  readonly type: string
  readonly content: Buffer
}

/**
 * Requests to Telegram's Bot API in the name of one bot. The token stands in the address, so that no address of theirs is
 * ever logged or shown.
 * Source: core.telegram.org/bots/api#making-requests
 * @throws OutgoingFailure when there is no answer
 */
export interface Bot {
  call(
    method: string,
    params: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
    options?: { file?: BotFile; totalMs?: number },
  ): Promise<BotAnswer>
  /** Bytes of a file by the path that `getFile` gave. */
  download(path: string, maxBytes: number, signal: AbortSignal): Promise<OutgoingAnswer>
}

export function openBot({ outgoing, apiBase }: Pick<TelegramWorld, 'outgoing' | 'apiBase'>, token: string): Bot {
  const root = apiBase.replace(/\/+$/, '')
  return {
    async call(method, params, signal, { file, totalMs } = {}) {
      const answer = await outgoing(`${root}/bot${token}/${method}`, {
        method: 'POST',
        headers: file === undefined ? { 'content-type': 'application/json' } : {},
        body: file === undefined ? JSON.stringify(params) : formOf(params, file),
        totalMs: totalMs ?? (file === undefined ? 20_000 : 120_000),
        maxBytes: 8_000_000,
        signal,
      })
      return read(answer)
    },
    download: (path, maxBytes, signal) =>
      outgoing(`${root}/file/bot${token}/${path}`, { maxBytes, totalMs: 120_000, signal }),
  }
}

/** Everything but text goes as JSON inside the form. Source: core.telegram.org/bots/api#sending-files */
function formOf(params: Readonly<Record<string, unknown>>, { field, name, type, content }: BotFile): FormData {
  const form = new FormData()
  for (const [key, value] of Object.entries(params))
    form.set(key, typeof value === 'string' ? value : JSON.stringify(value))
  form.set(field, new Blob([new Uint8Array(content)], { type }), name)
  return form
}

const Body = z.object({ ok: z.boolean(), result: z.unknown().optional() })

function read({ status, body }: OutgoingAnswer): BotAnswer {
  const json = readJson(body)
  const read = Body.safeParse(json).data
  return { ok: read?.ok === true, status, result: read?.result, error: json }
}

/**
 * The result of an answer, in the form it must have.
 * @throws ProviderRefusal
 */
export function resultOf<T>(shape: z.ZodType<T>, answer: BotAnswer): T {
  if (!answer.ok) throw new ProviderRefusal(translateError(answer.status, answer.error))
  const found = shape.safeParse(answer.result)
  if (found.success) return found.data
  throw new ProviderRefusal({ code: 'answer-strange', detail: null })
}

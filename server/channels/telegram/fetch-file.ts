import { z } from 'zod'
import { OutgoingFailure } from '../../http/outgoing-failure.ts'
import { ProviderRefusal } from '../provider-refusal.ts'
import { resultOf, type Bot } from './open-bot.ts'

/** Telegram's own limit for bots is 20 MB; a Bot API server of one's own has none. */
const maxFileBytes = 50_000_000

const Found = z.object({ file_path: z.string().regex(/^[\w-]+(\/[\w.-]+)*$/) })

/**
 * Fetches a file that came with a message: its id gives a path that holds for an hour, the path gives the bytes.
 * Source: core.telegram.org/bots/api#getfile
 * @throws ProviderRefusal (`gone`, `too-large` are final), OutgoingFailure when there is no answer
 */
export async function fetchFile(bot: Bot, fileId: string, signal: AbortSignal): Promise<Buffer> {
  const found = await bot.call('getFile', { file_id: fileId }, signal)
  const { file_path } = resultOf(Found, found)
  try {
    const { status, body } = await bot.download(file_path, maxFileBytes, signal)
    if (status === 200) return body
    throw new ProviderRefusal({
      code: status === 404 || status === 410 ? 'gone' : 'provider-unavailable',
      detail: `HTTP ${status}`,
      passing: status >= 500 || status === 429,
    })
  } catch (error) {
    if (error instanceof OutgoingFailure && error.problem === 'too-large')
      throw new ProviderRefusal({ code: 'too-large', detail: null })
    throw error
  }
}

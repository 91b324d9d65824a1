import { z } from 'zod'
import type { ProviderError } from '../provider-error.ts'

const ErrorBody = z.object({
  error_code: z.number().nullable().catch(null),
  description: z.string().nullable().catch(null),
  parameters: z
    .object({ retry_after: z.number().optional().catch(undefined) })
    .optional()
    .catch(undefined),
})

/** The first whose words are in the description. There are no codes finer than the HTTP status. */
const byWords: readonly (readonly [RegExp, string])[] = [
  [/bot was blocked by the user/i, 'blocked-by-contact'],
  [/user is deactivated/i, 'account-deleted'],
  [/can't initiate conversation/i, 'only-contact-can-start'],
  [/bots can't send messages to bots/i, 'undeliverable'],
  [/chat not found|user not found|PEER_ID_INVALID/i, 'undeliverable'],
  [/message is too long|caption is too long/i, 'too-long'],
  [/file is too big|too large/i, 'too-large'],
  [
    /wrong file|PHOTO_|IMAGE_PROCESS|failed to get HTTP URL|file must be non-empty|VOICE_MESSAGES_FORBIDDEN/i,
    'media-rejected',
  ],
  [
    /https? url must be provided|bad webhook|webhook can be set up only|ssl error|failed to resolve host/i,
    'webhook-refused',
  ],
]

/** Source: core.telegram.org/bots/api#making-requests and core.telegram.org/api/errors */
export function translateError(httpStatus: number, error: unknown): ProviderError {
  const read = ErrorBody.safeParse(error).data
  const status = read?.error_code ?? httpStatus
  const words = read?.description ?? null
  const base = { detail: words?.slice(0, 500) ?? null, passing: false, lineBroken: false }
  const retryAfter = read?.parameters?.retry_after
  if (status === 429)
    return { ...base, code: 'rate-limited', passing: true, afterSeconds: Math.min(Math.max(retryAfter ?? 5, 1), 3600) }
  // a token that is not one is answered with 404, one that was taken back with 401
  if (status === 401 || (status === 404 && /^not found$/i.test(words ?? 'not found')))
    return { ...base, code: 'bot-token-refused', lineBroken: true }
  if (status === 409) return { ...base, code: 'polled-elsewhere', lineBroken: true }
  if (status === 413) return { ...base, code: 'too-large' }
  if (status >= 500) return { ...base, code: 'provider-unavailable', passing: true }
  const found = byWords.find(([pattern]) => pattern.test(words ?? ''))
  return { ...base, code: found?.[1] ?? 'rejected' }
}

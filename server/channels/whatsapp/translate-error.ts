import { z } from 'zod'

/** What an error of WhatsApp means for us. */
export interface ProviderError {
  /** One of the codes the web has a sentence for. */
  readonly code: string
  /** WhatsApp's own words. */
  readonly detail: string | null
  /** It passes by itself. */
  readonly passing: boolean
  /** The line is at fault, not this message. */
  readonly lineBroken: boolean
  readonly afterSeconds?: number
}

type Meaning = Pick<ProviderError, 'code'> & Partial<Pick<ProviderError, 'passing' | 'lineBroken' | 'afterSeconds'>>

const busy: Meaning = { code: 'rate-limited', passing: true, afterSeconds: 5 }
const down: Meaning = { code: 'provider-unavailable', passing: true }
const token: Meaning = { code: 'token-expired', lineBroken: true }
const permission: Meaning = { code: 'not-permitted', lineBroken: true }
const restricted: Meaning = { code: 'account-restricted', lineBroken: true }
const unregistered: Meaning = { code: 'number-not-registered', lineBroken: true }
const mismatch: Meaning = { code: 'template-mismatch' }
const paused: Meaning = { code: 'template-paused' }
const invalid: Meaning = { code: 'message-invalid' }

/**
 * Codes of the Cloud API and of the Graph API beneath it.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
 */
const meanings: Readonly<Record<number, Meaning>> = {
  0: token,
  190: token,
  3: permission,
  10: permission,
  131005: permission,
  1: down,
  2: down,
  131000: down,
  131016: down,
  131057: down,
  133004: down,
  4: busy,
  80007: busy,
  130429: busy,
  // one message in six seconds to the same person, with a burst before it
  131056: { ...busy, afterSeconds: 6 },
  368: restricted,
  131031: restricted,
  // too many people blocked or reported what this number sent
  131048: { code: 'account-restricted' },
  130497: { code: 'country-restricted' },
  131037: unregistered,
  131045: unregistered,
  133000: unregistered,
  133010: unregistered,
  33: { code: 'number-unknown', lineBroken: true },
  100: invalid,
  131008: invalid,
  131009: invalid,
  131051: invalid,
  135000: invalid,
  131021: { code: 'same-number' },
  131026: { code: 'undeliverable' },
  131030: { code: 'recipient-not-allowed' },
  131042: { code: 'payment-problem' },
  131047: { code: 'window-closed' },
  130472: { code: 'marketing-limited' },
  131049: { code: 'marketing-limited' },
  131050: { code: 'marketing-stopped' },
  131052: { code: 'media-rejected' },
  131053: { code: 'media-rejected' },
  131062: { code: 'phone-needed' },
  132000: mismatch,
  132012: mismatch,
  132018: mismatch,
  132001: { code: 'template-missing' },
  132005: { code: 'template-too-long' },
  132007: { code: 'template-rejected' },
  132015: paused,
  132016: paused,
  132068: paused,
  132069: paused,
}

const ErrorObject = z.object({
  code: z.coerce.number(),
  message: z.string().optional().catch(undefined),
  title: z.string().optional().catch(undefined),
  is_transient: z.boolean().optional().catch(undefined),
  error_data: z.object({ details: z.string().optional() }).optional().catch(undefined),
})

/** @param httpStatus null for an error that came by webhook */
export function translateError(httpStatus: number | null, error: unknown): ProviderError {
  const read = ErrorObject.safeParse(error).data
  const meaning = meaningOf(httpStatus, read)
  const words = read?.error_data?.details ?? read?.message ?? read?.title ?? null
  return {
    passing: false,
    lineBroken: false,
    ...meaning,
    detail: words === null ? null : `${words} (${read?.code})`.slice(0, 500),
  }
}

function meaningOf(httpStatus: number | null, error: z.infer<typeof ErrorObject> | undefined): Meaning {
  const known = error === undefined ? undefined : meanings[error.code]
  // the same code stands for a wrong parameter and for the proof of a token by an app secret that is not its app's
  if (error?.code === 100 && /appsecret_proof/.test(error.message ?? ''))
    return { code: 'app-secret-wrong', lineBroken: true }
  if (known !== undefined) return known
  if (error !== undefined && error.code >= 200 && error.code < 300) return permission
  if (httpStatus === 401) return token
  if (httpStatus === 429) return busy
  if ((httpStatus !== null && httpStatus >= 500) || error?.is_transient === true) return down
  return { code: 'rejected' }
}

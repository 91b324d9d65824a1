import { z } from 'zod'
import { busy, down, type Meaning, type ProviderError } from '../provider-error.ts'

/** Its own queue for the number is full: it empties at the rate the carriers allow. */
const full: Meaning = { code: 'rate-limited', passing: true, afterSeconds: 60 }
const credentials: Meaning = { code: 'credentials-refused', lineBroken: true }
const suspended: Meaning = { code: 'account-restricted', lineBroken: true }
const sender: Meaning = { code: 'sender-invalid', lineBroken: true }
const unregistered: Meaning = { code: 'sender-unregistered', lineBroken: true }
const phone: Meaning = { code: 'phone-invalid' }
const media: Meaning = { code: 'media-rejected' }

/**
 * Errors of Twilio's API and of its receipts.
 * Source: twilio.com/docs/api/errors (one page for each number)
 */
const meanings: Readonly<Record<number, Meaning>> = {
  10001: suspended,
  20003: credentials,
  20005: suspended,
  20006: credentials,
  20008: credentials,
  20404: { code: 'account-unknown', lineBroken: true },
  20429: busy,
  20500: down,
  20503: down,
  21211: phone,
  21217: phone,
  21265: phone,
  21212: sender,
  21603: sender,
  21606: sender,
  21659: sender,
  21660: sender,
  21701: sender,
  21703: sender,
  21705: sender,
  21214: { code: 'unreachable-phone' },
  21612: { code: 'route-missing' },
  21408: { code: 'country-not-enabled' },
  21215: { code: 'country-not-enabled' },
  21608: { code: 'recipient-not-allowed' },
  21219: { code: 'recipient-not-allowed' },
  21610: { code: 'opted-out' },
  21611: full,
  21614: { code: 'no-mobile' },
  21617: { code: 'too-long' },
  21609: { code: 'callback-refused' },
  21620: media,
  21623: media,
  12300: media,
  11200: { code: 'media-unreachable' },
  30001: full,
  30002: suspended,
  30003: { code: 'unreachable-phone' },
  30004: { code: 'carrier-blocked' },
  30005: { code: 'unreachable-phone' },
  30006: { code: 'no-mobile' },
  30007: { code: 'carrier-filtered' },
  30008: { code: 'undeliverable' },
  30019: { code: 'too-large' },
  30022: full,
  30023: { code: 'daily-limit' },
  30032: unregistered,
  30034: unregistered,
  30036: { code: 'expired' },
  // of WhatsApp, as Twilio passes them on: twilio.com/docs/whatsapp/api/error-code-mapping
  63001: credentials,
  63003: { code: 'undeliverable' },
  63005: media,
  63007: sender,
  63010: down,
  63012: down,
  63013: { code: 'message-invalid' },
  63015: { code: 'recipient-not-allowed' },
  63016: { code: 'window-closed' },
  63018: busy,
  63019: media,
  63020: suspended,
  63021: { code: 'message-invalid' },
  63022: { code: 'message-invalid' },
  63024: { code: 'undeliverable' },
  63027: { code: 'template-missing' },
  63028: { code: 'template-mismatch' },
  63029: { code: 'template-rejected' },
  63030: { code: 'message-invalid' },
  63032: { code: 'marketing-limited' },
  63033: { code: 'marketing-stopped' },
  63036: { code: 'undeliverable' },
  63038: { code: 'daily-limit' },
  63040: { code: 'template-rejected' },
  63041: { code: 'template-paused' },
  63042: { code: 'template-paused' },
  63049: { code: 'marketing-limited' },
  63051: suspended,
  21655: { code: 'template-missing' },
  21656: { code: 'template-mismatch' },
}

const ErrorBody = z.object({ code: z.number().nullable().catch(null), message: z.string().nullable().catch(null) })

/** @param httpStatus null for an error that came with a receipt */
export function translateError(httpStatus: number | null, error: unknown): ProviderError {
  const read = ErrorBody.safeParse(error).data
  const number = read?.code ?? null
  const words = [read?.message ?? null, number === null ? null : `(${number})`].filter((word) => word !== null)
  return {
    passing: false,
    lineBroken: false,
    ...meaningOf(httpStatus, number),
    detail: words.length === 0 ? null : words.join(' ').slice(0, 500),
  }
}

function meaningOf(httpStatus: number | null, number: number | null): Meaning {
  const known = number === null ? undefined : meanings[number]
  if (known !== undefined) return known
  if (httpStatus === 401) return credentials
  if (httpStatus === 429) return busy
  if (httpStatus !== null && httpStatus >= 500) return down
  return { code: 'rejected' }
}

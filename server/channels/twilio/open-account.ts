import type { OutgoingAnswer } from '../../http/outgoing.ts'
import type { TwilioSettings, TwilioWorld } from './settings.ts'
import { readJson } from '../read-json.ts'

export interface TwilioAnswer {
  /** 2xx. */
  readonly ok: boolean
  readonly status: number
  /** The JSON body, an error or a resource; undefined where it is none. */
  readonly body: unknown
  readonly retryAfterSeconds: number | undefined
}

/** Twilio's products, each at an address of its own. */
export type TwilioProduct = 'api' | 'messaging' | 'content'

/**
 * Requests to Twilio's API in the name of one account.
 * Source: twilio.com/docs/usage/requests-to-twilio (basic authentication, forms in, JSON out)
 * @throws OutgoingFailure when there is no answer
 */
export interface TwilioAccount {
  get(product: TwilioProduct, path: string, signal: AbortSignal): Promise<TwilioAnswer>
  /** @param body a form, or an object that goes as JSON, as the product wants it */
  post(
    product: TwilioProduct,
    path: string,
    body: URLSearchParams | Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ): Promise<TwilioAnswer>
  /** Bytes from an address that a call of Twilio's named; the account's name goes along to Twilio alone. */
  download(url: string, maxBytes: number, signal: AbortSignal): Promise<OutgoingAnswer>
}

/** Below this path stands what belongs to the account itself. */
export const accountPath = (accountSid: string): string => `2010-04-01/Accounts/${accountSid}`

export function openAccount(
  { outgoing, apiBase }: Pick<TwilioWorld, 'outgoing' | 'apiBase'>,
  { accountSid, authToken }: Pick<TwilioSettings, 'accountSid' | 'authToken'>,
): TwilioAccount {
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`
  const headers = { authorization, accept: 'application/json' }
  return {
    get: async (product, path, signal) =>
      read(await outgoing(`${baseOf(apiBase, product)}/${path}`, { headers, maxBytes: 4_000_000, signal })),
    post: async (product, path, body, signal) => {
      const form = body instanceof URLSearchParams
      return read(
        await outgoing(`${baseOf(apiBase, product)}/${path}`, {
          method: 'POST',
          headers: { ...headers, 'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json' },
          body: form ? body.toString() : JSON.stringify(body),
          totalMs: 20_000,
          signal,
        }),
      )
    },
    download: (url, maxBytes, signal) =>
      outgoing(url, {
        headers: isTwilios(apiBase, url) ? { authorization } : {},
        maxBytes,
        totalMs: 120_000,
        redirects: 3,
        signal,
      }),
  }
}

/** `https://api.ie1.twilio.com` stands beside `https://content.ie1.twilio.com`; a stand-in answers for all of them. */
function baseOf(apiBase: string, product: TwilioProduct): string {
  return apiBase.replace(/^https:\/\/api\.(?=(.+\.)?twilio\.com(\/|$))/, `https://${product}.`)
}

function isTwilios(apiBase: string, url: string): boolean {
  if (!URL.canParse(url)) return false
  const { origin, protocol, hostname } = new URL(url)
  return origin === new URL(apiBase).origin || (protocol === 'https:' && hostname.endsWith('.twilio.com'))
}

function read(answer: OutgoingAnswer): TwilioAnswer {
  const wait = Number(answer.headers['retry-after'])
  return {
    ok: answer.status >= 200 && answer.status < 300,
    status: answer.status,
    body: readJson(answer.body),
    retryAfterSeconds: Number.isFinite(wait) && wait > 0 ? Math.min(wait, 3600) : undefined,
  }
}

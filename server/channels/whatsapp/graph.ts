import { createHmac } from 'node:crypto'
import type { OutgoingAnswer, OutgoingRequests } from '../../http/outgoing.ts'
import type { WhatsappSettings } from './settings.ts'

/** The version of the Graph API that our requests are written for, unless the base address names one itself. */
const graphVersion = 'v26.0'

export interface GraphAnswer {
  /** 2xx. */
  readonly ok: boolean
  readonly status: number
  /** The JSON body; null where it is none. */
  readonly body: unknown
  /** The `error` object of a refusal. */
  readonly error: unknown
  readonly retryAfterSeconds: number | undefined
}

export type GraphBody = Readonly<Record<string, unknown>> | FormData

/**
 * Requests to Meta's Graph API in the name of one line.
 * Source: developers.facebook.com/docs/graph-api/overview and …/securing-requests (the proof that the token's app is ours)
 * @throws OutgoingFailure when there is no answer
 */
export interface Graph {
  get(path: string, query: Readonly<Record<string, string>>, signal: AbortSignal): Promise<GraphAnswer>
  post(path: string, body: GraphBody, signal: AbortSignal): Promise<GraphAnswer>
  /** Bytes from an address that the API gave; it wants the same token. */
  download(url: string, maxBytes: number, signal: AbortSignal): Promise<OutgoingAnswer>
}

export type OpenGraph = (settings: Pick<WhatsappSettings, 'accessToken' | 'appSecret'>) => Graph

export function openGraph(outgoing: OutgoingRequests, base: string): OpenGraph {
  const trimmed = base.replace(/\/+$/, '')
  const root = /\/v\d+(\.\d+)?$/.test(trimmed) ? trimmed : `${trimmed}/${graphVersion}`
  return ({ accessToken, appSecret }) => {
    const authorization = `Bearer ${accessToken}`
    const proof = createHmac('sha256', appSecret).update(accessToken).digest('hex')
    const addressOf = (path: string, query: Readonly<Record<string, string>>) =>
      `${root}/${path}?${new URLSearchParams({ ...query, appsecret_proof: proof })}`
    return {
      get: async (path, query, signal) =>
        read(await outgoing(addressOf(path, query), { headers: { authorization }, maxBytes: 4_000_000, signal })),
      post: async (path, body, signal) => {
        const form = body instanceof FormData
        return read(
          await outgoing(addressOf(path, {}), {
            method: 'POST',
            headers: { authorization, ...(form ? {} : { 'content-type': 'application/json' }) },
            body: form ? body : JSON.stringify(body),
            totalMs: form ? 120_000 : 20_000,
            signal,
          }),
        )
      },
      download: (url, maxBytes, signal) =>
        outgoing(url, { headers: { authorization }, maxBytes, totalMs: 120_000, redirects: 3, signal }),
    }
  }
}

function read(answer: OutgoingAnswer): GraphAnswer {
  const body = parse(answer.body)
  const wait = Number(answer.headers['retry-after'])
  return {
    ok: answer.status >= 200 && answer.status < 300,
    status: answer.status,
    body,
    error: typeof body === 'object' && body !== null && 'error' in body ? body.error : undefined,
    retryAfterSeconds: Number.isFinite(wait) && wait > 0 ? Math.min(wait, 3600) : undefined,
  }
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return null
  }
}

import { createHmac } from 'node:crypto'
import { z } from 'zod'
import type { OutgoingAnswer, OutgoingRequests } from '../../http/outgoing.ts'
import { readJson } from '../read-json.ts'

/** The version of the Graph API that our requests are written for, unless the base address names one itself. */
const graphVersion = 'v26.0'

export interface GraphAnswer {
  /** 2xx. */
  readonly ok: boolean
  readonly status: number
  /** The JSON body; undefined where it is none. */
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
  /** @param as another token than the line's, such as its app's own (`<app id>|<app secret>`) */
  get(path: string, query: Readonly<Record<string, string>>, signal: AbortSignal, as?: string): Promise<GraphAnswer>
  post(path: string, body: GraphBody, signal: AbortSignal): Promise<GraphAnswer>
  /** Bytes from an address that the API gave; it wants the same token. */
  download(url: string, maxBytes: number, signal: AbortSignal): Promise<OutgoingAnswer>
}

/** What every line by Meta is opened with. */
export interface MetaKeys {
  readonly accessToken: string
  readonly appSecret: string
}

export type OpenGraph = (keys: MetaKeys) => Graph

export function openGraph(outgoing: OutgoingRequests, base: string): OpenGraph {
  const trimmed = base.replace(/\/+$/, '')
  const root = /\/v\d+(\.\d+)?$/.test(trimmed) ? trimmed : `${trimmed}/${graphVersion}`
  return ({ accessToken, appSecret }) => {
    const authorization = `Bearer ${accessToken}`
    const addressOf = (path: string, query: Readonly<Record<string, string>>, as = accessToken) => {
      const proof = createHmac('sha256', appSecret).update(as).digest('hex')
      return `${root}/${path}?${new URLSearchParams({ ...query, appsecret_proof: proof })}`
    }
    return {
      get: async (path, query, signal, as) => {
        const headers = { authorization: as === undefined ? authorization : `Bearer ${as}` }
        return read(await outgoing(addressOf(path, query, as), { headers, maxBytes: 4_000_000, signal }))
      },
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
  const body = readJson(answer.body)
  return {
    ok: answer.status >= 200 && answer.status < 300,
    status: answer.status,
    body,
    error: typeof body === 'object' && body !== null && 'error' in body ? body.error : undefined,
    retryAfterSeconds: readWait(answer.headers),
  }
}

const Usage = z.record(z.string(), z.array(z.object({ estimated_time_to_regain_access: z.number().catch(0) })))

/**
 * How long a limited caller is to wait, at most an hour: `retry-after` in seconds, else what the use of the account tells
 * in minutes. Source: developers.facebook.com/docs/graph-api/overview/rate-limiting (business use case headers)
 */
function readWait(headers: OutgoingAnswer['headers']): number | undefined {
  const usage = Usage.safeParse(readJson(Buffer.from(headers['x-business-use-case-usage'] ?? ''))).data ?? {}
  const minutes = Object.values(usage).flatMap((uses) => uses.map((use) => use.estimated_time_to_regain_access))
  const seconds = Number(headers['retry-after']) || Math.max(0, ...minutes) * 60
  return seconds > 0 ? Math.min(seconds, 3600) : undefined
}

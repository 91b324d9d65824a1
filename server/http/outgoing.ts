import { Agent, buildConnector, type Dispatcher } from 'undici'
import { readAllowList } from './allow-list.ts'
import { OutgoingFailure } from './outgoing-failure.ts'
import { findReachable, type Resolve } from './reachable-address.ts'

export interface OutgoingOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer | FormData
  /** Everything together: name, connection, request, answer. */
  readonly totalMs?: number
  readonly maxBytes?: number
  /** How many redirects a GET may follow; each target is checked like the first. */
  readonly redirects?: number
  readonly signal?: AbortSignal
}

export interface OutgoingAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/**
 * Makes a request to an address that somebody typed or a stranger sent. Any HTTP status is an answer.
 * @throws OutgoingFailure when there is none
 */
export type OutgoingRequests = (url: string, options?: OutgoingOptions) => Promise<OutgoingAnswer>

const connectMs = 8000

/**
 * The one way in which the server calls out over HTTP. A name is resolved when the connection is made, the addresses are
 * checked, and the connection goes to one of those that passed, so that a name cannot answer differently the second time.
 */
export function openOutgoing(settings: { allowInternal: readonly string[]; resolve?: Resolve }): OutgoingRequests {
  const allow = readAllowList(settings.allowInternal)
  const connect: buildConnector.connector = (target, callback) => {
    void connectChecked(target, callback)
  }
  async function connectChecked(target: buildConnector.Options, callback: buildConnector.Callback): Promise<void> {
    const port = Number(target.port) || (target.protocol === 'https:' ? 443 : 80)
    try {
      const addresses = await findReachable(target.hostname, port, allow, settings.resolve)
      const pinned = buildConnector({
        allowH2: false,
        timeout: connectMs,
        lookup: (_host, options, done) =>
          options.all ? done(null, addresses) : done(null, addresses[0]!.address, addresses[0]!.family),
      })
      pinned(target, callback)
    } catch (error) {
      callback(error as Error, null)
    }
  }
  // a short idle time: a connection that the other side is just closing would leave it open whether a message was sent
  const agent = new Agent({ connect, connections: 32, pipelining: 1, keepAliveTimeout: 4000, maxHeaderSize: 16_384 })

  return async (url, options = {}) => {
    const deadline = Date.now() + (options.totalMs ?? 15_000)
    let target = readTarget(url)
    for (let left = options.redirects ?? 0; ; left--) {
      const answer = await requestOnce(agent, target, options, deadline)
      const location = answer.headers['location']
      if (left <= 0 || ![301, 302, 303, 307, 308].includes(answer.status) || location === undefined) return answer
      const next = readTarget(new URL(location, target).href)
      if (target.protocol === 'https:' && next.protocol !== 'https:')
        throw new OutgoingFailure('refused', `${target.hostname} leads to an address without encryption`)
      if (next.origin !== target.origin) options = { ...options, headers: withoutCredentials(options.headers ?? {}) }
      target = next
    }
  }
}

/** Reads an address to call. Only plain http and https ones, without user name, without characters that parsers disagree on. */
export function readTarget(url: string): URL {
  const refused = (why: string) => new OutgoingFailure('refused', `The address ${why}.`)
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0020\\\u007f]/.test(url)) throw refused('has characters that do not belong there')
  if (!URL.canParse(url)) throw refused('is not well formed')
  const target = new URL(url)
  if (target.protocol !== 'http:' && target.protocol !== 'https:') throw refused('is neither http nor https')
  if (target.username !== '' || target.password !== '') throw refused('carries a user name')
  return target
}

const withoutCredentials = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !/^(authorization|cookie)$/i.test(name)))

async function encode(
  options: OutgoingOptions,
): Promise<{ headers: Record<string, string>; body: string | Buffer | null }> {
  const headers = { 'accept-encoding': 'identity', 'user-agent': 'Ficha', ...options.headers }
  if (!(options.body instanceof FormData)) return { headers, body: options.body ?? null }
  const form = new Response(options.body)
  return {
    headers: { ...headers, 'content-type': form.headers.get('content-type')! },
    body: Buffer.from(await form.arrayBuffer()),
  }
}

async function requestOnce(
  agent: Agent,
  target: URL,
  options: OutgoingOptions,
  deadline: number,
): Promise<OutgoingAnswer> {
  const { headers, body } = await encode(options)
  const maxBytes = options.maxBytes ?? 256 * 1024
  return new Promise((resolve, reject) => {
    let control: Dispatcher.DispatchController | null = null
    let status = 0
    let answered: Record<string, string> = {}
    const chunks: Buffer[] = []
    let size = 0
    let over = false

    const settle = (end: () => void) => {
      if (over) return
      over = true
      clearTimeout(timer)
      options.signal?.removeEventListener('abort', stop)
      end()
    }
    const give = (failure: OutgoingFailure) => {
      settle(() => reject(failure))
      control?.abort(failure)
    }
    // whatever ends the request after the first byte left may have ended it after it was acted on
    const lost = (why: string, extra: { timedOut?: boolean; cause?: unknown } = {}) =>
      give(new OutgoingFailure(control === null ? 'unreachable' : 'unanswered', `${target.hostname} ${why}`, extra))
    const stop = () => lost('was given up on')
    const timer = setTimeout(
      () => lost('did not answer in time', { timedOut: true }),
      Math.max(0, deadline - Date.now()),
    )
    if (options.signal?.aborted) return stop()
    options.signal?.addEventListener('abort', stop)

    agent.dispatch(
      {
        origin: target.origin,
        path: target.pathname + target.search,
        method: options.method ?? 'GET',
        headers,
        body,
        headersTimeout: 0,
        bodyTimeout: 0,
      },
      {
        onRequestStart(controller) {
          if (over) return controller.abort(new OutgoingFailure('unreachable', 'given up before it began'))
          control = controller
        },
        onResponseStart(_controller, code, fields) {
          status = code
          answered = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]))
          if (!/^(identity)?$/i.test(answered['content-encoding'] ?? ''))
            give(new OutgoingFailure('encoded', `${target.hostname} answered in an encoding that was not asked for`))
          else if (Number(answered['content-length'] ?? 0) > maxBytes) tooLarge()
        },
        onResponseData(_controller, chunk) {
          size += chunk.length
          if (size > maxBytes) tooLarge()
          else chunks.push(chunk)
        },
        onResponseEnd() {
          settle(() => resolve({ status, headers: answered, body: Buffer.concat(chunks) }))
        },
        onResponseError(_controller, error) {
          if (error instanceof OutgoingFailure) give(error)
          else lost('broke the connection', { cause: error, timedOut: /Timeout/.test(error.name) })
        },
      },
    )
    function tooLarge() {
      give(new OutgoingFailure('too-large', `${target.hostname} sent more than ${maxBytes} bytes`))
    }
  })
}

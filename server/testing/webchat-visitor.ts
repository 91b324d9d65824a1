import { createHmac, randomUUID } from 'node:crypto'
import type { VisitorMessage } from '../webchat/list-messages.ts'
import type { Session } from '../webchat/open-session.ts'

/** A visitor of a site that shows the chat, as the widget behaves towards the server. */
export interface TestVisitor {
  token: string | null
  /** Any call, with the token unless another is given. */
  call(path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>
  /** Begins, or goes on. */
  begin(identity?: string): Promise<Session>
  /** Answers the widget's id of the message. */
  say(text: string, more?: object): Promise<string>
  /** Hears of messages until it is stopped. */
  hear(after?: number): Promise<{ heard: VisitorMessage[]; stop: () => void; ended: Promise<void> }>
}

export function openVisitor(url: string, channel: string, origin: string): TestVisitor {
  const call = (path: string, body: unknown = {}, headers: Record<string, string> = {}, signal?: AbortSignal) =>
    fetch(`${url}/webchat/${channel}/${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin,
        ...(visitor.token === null ? {} : { authorization: `Bearer ${visitor.token}` }),
        ...headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
      ...(signal === undefined ? {} : { signal }),
    })
  const visitor: TestVisitor = {
    token: null,
    call,
    async begin(identity) {
      const answer = await call('session', { identity })
      if (answer.status !== 200) throw new Error(`the session was answered with ${answer.status}`)
      const session = (await answer.json()) as Session
      visitor.token = session.token
      return session
    },
    async say(text, more = {}) {
      const id = randomUUID()
      const answer = await call('messages', { id, text, language: 'es-ES', page: null, ...more })
      if (answer.status !== 202) throw new Error(`the message was answered with ${answer.status}`)
      return id
    },
    async hear(after = 0) {
      const control = new AbortController()
      const answer = await call('stream', { after }, {}, control.signal)
      if (answer.status !== 200 || answer.body === null)
        throw new Error(`the stream was answered with ${answer.status}`)
      const heard: VisitorMessage[] = []
      const ended = readEvents(answer.body, (messages) => heard.push(...messages)).catch(() => undefined)
      return { heard, stop: () => control.abort(), ended }
    },
  }
  return visitor
}

async function readEvents(body: ReadableStream, take: (messages: VisitorMessage[]) => void): Promise<void> {
  let rest = ''
  const decoder = new TextDecoder()
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    const events = (rest + decoder.decode(chunk, { stream: true })).split('\n\n')
    rest = events.pop() ?? ''
    for (const event of events) if (event.startsWith('data: ')) take(JSON.parse(event.slice(6)) as VisitorMessage[])
  }
}

/** A JSON Web Token as a site's own server would sign it. Source: RFC 7519, RFC 7515 */
export function signIdentity(secret: string, claims: object, header: object = { alg: 'HS256', typ: 'JWT' }): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const words = `${part(header)}.${part(claims)}`
  return `${words}.${createHmac('sha256', secret).update(words).digest('base64url')}`
}

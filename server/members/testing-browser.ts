import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { Client } from '../testing/client.ts'
import type { TestServer } from '../testing/test-server.ts'
import { makeMemberWithPassword } from './testing.ts'

/** A browser as the server sees one: it keeps cookies and sends them back. */
export interface TestBrowser {
  readonly cookies: Map<string, string>
  /** Set-Cookie lines as they came, newest last. */
  readonly setCookies: string[]
  readonly client: Client
  /** Sent with every further request. */
  readonly headers: Record<string, string>
  send(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: Record<string, unknown> }>
}

export function openBrowser(url: string, headers: Record<string, string> = {}): TestBrowser {
  const cookies = new Map<string, string>()
  const setCookies: string[] = []
  const all = (): Record<string, string> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    return { ...headers, ...(cookie === '' ? {} : { cookie }) }
  }
  const keep = (answer: Response) => {
    for (const line of answer.headers.getSetCookie()) {
      setCookies.push(line)
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    return answer
  }
  const link = new RPCLink({
    url: `${url}/rpc`,
    headers: all,
    fetch: async (request, init) => keep(await fetch(request, init)),
  })
  return {
    cookies,
    setCookies,
    headers,
    client: createORPCClient(link),
    async send(method, path, body, more = {}) {
      const answer = keep(
        await fetch(url + path, {
          method,
          headers: { ...all(), ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...more },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      )
      const text = await answer.text()
      return {
        status: answer.status,
        body: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : { text },
      }
    },
  }
}

export const password = 'correct horse battery'
let count = 0

/** A member with a password, and a browser that has not signed in yet. */
export async function newcomer(server: TestServer, workspaceId: number) {
  const email = `ana${++count}@example.com`
  const { userId } = await makeMemberWithPassword(server.deps, workspaceId, { email, password })
  const browser = openBrowser(server.url)
  const signIn = (word = password, headers: Record<string, string> = {}) =>
    browser.send('POST', '/auth/sign-in/email', { email, password: word }, headers)
  return { email, userId, browser, signIn }
}

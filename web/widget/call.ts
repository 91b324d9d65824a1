/** How a call ended: `wait` it may work later, `again` the token is no longer good, `no` it never will. */
export type Answer<T> =
  | { ok: true; body: T }
  | { ok: false; end: 'wait' | 'again' | 'no'; afterMs: number; isBusy: boolean }

export type Call = <T>(path: string, body: object, token: string | null) => Promise<Answer<T>>

const patienceMs = 20_000

/** Calls to the server of one channel. Who the visitor is stands in a header, so that no address ever tells. */
export function openCall(base: string, channel: string): Call {
  return async <T>(path: string, body: object, token: string | null): Promise<Answer<T>> => {
    try {
      const answer = await request(base, channel, path, body, token, AbortSignal.timeout(patienceMs))
      if (answer.ok) return { ok: true, body: (await answer.json()) as T }
      const { status } = answer
      const isBusy = status === 429
      const end = status === 401 ? 'again' : isBusy || status >= 500 ? 'wait' : 'no'
      return { ok: false, end, isBusy, afterMs: Number(answer.headers.get('retry-after')) * 1000 }
    } catch {
      return { ok: false, end: 'wait', isBusy: false, afterMs: 0 }
    }
  }
}

export const request = (
  base: string,
  channel: string,
  path: string,
  body: object,
  token: string | null,
  signal: AbortSignal,
): Promise<Response> =>
  fetch(`${base}/webchat/${channel}/${path}`, {
    method: 'POST',
    mode: 'cors',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
    signal,
  })

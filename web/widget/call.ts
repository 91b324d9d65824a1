/** How a call ended: `wait` it may work later, `again` the token is no longer good, `no` it never will. */
export type Answer<T> =
  | { ok: true; body: T }
  | { ok: false; end: 'wait' | 'again' | 'no'; afterMs: number; status: number }

/** `file`: the body is that file, and `body` what is said of it. */
export type Call = <T>(path: string, body: object, token: string | null, file?: Blob) => Promise<Answer<T>>

const patienceMs = 20_000
const filePatienceMs = 120_000

/** Calls to the server of one channel. Who the visitor is stands in a header, so that no address ever tells. */
export function openCall(base: string, channel: string): Call {
  return async <T>(path: string, body: object, token: string | null, file?: Blob): Promise<Answer<T>> => {
    try {
      const patience = AbortSignal.timeout(file === undefined ? patienceMs : filePatienceMs)
      const answer = await request(base, channel, path, body, token, patience, file)
      if (answer.ok) return { ok: true, body: (await answer.json()) as T }
      const { status } = answer
      // 409: the channel is paused
      const end = status === 401 ? 'again' : status === 429 || status === 409 || status >= 500 ? 'wait' : 'no'
      return { ok: false, end, status, afterMs: Number(answer.headers.get('retry-after')) * 1000 }
    } catch {
      return { ok: false, end: 'wait', status: 0, afterMs: 0 }
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
  file?: Blob,
): Promise<Response> =>
  fetch(`${base}/webchat/${channel}/${path}`, {
    method: 'POST',
    mode: 'cors',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    headers: {
      'content-type': file === undefined ? 'application/json' : 'application/octet-stream',
      ...(file === undefined ? {} : { 'x-ficha-file': encodeURIComponent(JSON.stringify(body)) }),
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body: file ?? JSON.stringify(body),
    signal,
  })

import type { Answer } from './call.ts'
import type { PendingMessage } from './protocol.ts'

const longestWaitMs = 30_000

export type SendState = 'fine' | 'busy' | 'paused' | 'offline'

/** What an answer that is to be waited for says of the whole. */
const stateOf = (status: number): SendState => (status === 429 ? 'busy' : status === 409 ? 'paused' : 'offline')

/** What messages and files are sent with alike. */
export interface Sending {
  token: () => string | null
  onChange: () => void
  onStored: () => void
  /** The token is no longer good; answers whether there is another now. */
  renew: () => Promise<boolean>
  onState: (state: SendState) => void
}

/**
 * Sends what waits, one after the other, each until the server has answered, under an id by which it knows a repetition.
 * Several tabs may try; one does, and two would do no harm. The result begins that, unless it is being done.
 */
export function openSender<Waiting extends PendingMessage>(
  sending: Sending,
  lockName: string,
  /** What waits first. */
  next: () => Promise<Waiting | undefined>,
  post: (waiting: Waiting, token: string) => Promise<Answer<unknown>>,
  /** It is over with this one: taken, or why not. */
  settle: (waiting: Waiting, refused: number | null) => Promise<void> | void,
): () => void {
  let isFlushing = false
  /** Something has come to wait since the last look. */
  let isWanted = false
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function send(): Promise<void> {
    for (;;) {
      const waiting = await next()
      const token = sending.token()
      if (waiting === undefined || token === null) return
      const answer = await post(waiting, token)
      if (answer.ok) {
        failures = 0
        await settle(waiting, null)
        sending.onState('fine')
        sending.onStored()
      } else if (answer.end === 'no') await settle(waiting, answer.status)
      else if (answer.end === 'wait' || !(await sending.renew())) {
        sending.onState(stateOf(answer.status))
        again(Math.max(answer.afterMs, Math.min(longestWaitMs, 1000 * 2 ** Math.min(failures++, 5))))
        return
      }
    }
  }
  function again(wait: number): void {
    clearTimeout(timer)
    timer = setTimeout(flush, wait)
  }
  function flush(): void {
    isWanted = true
    if (isFlushing) return
    isFlushing = true
    const run = async () => {
      while (isWanted) {
        isWanted = false
        await send().catch(() => again(longestWaitMs))
      }
      isFlushing = false
    }
    // another tab that is at it will do it all; where there are no locks, doubles are the server's to know
    if ('locks' in navigator)
      void navigator.locks.request(lockName, { ifAvailable: true }, async (lock) => {
        if (lock !== null) return run()
        isFlushing = false
        again(1500)
      })
    else void run()
  }
  return flush
}

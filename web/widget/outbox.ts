import type { Call } from './call.ts'
import type { Keeper } from './keep.ts'
import type { PendingMessage } from './protocol.ts'

const longestWaitMs = 30_000

export type SendState = 'fine' | 'busy' | 'paused' | 'offline'

/** What an answer that is to be waited for says of the whole. */
export const stateOf = (status: number): SendState => (status === 429 ? 'busy' : status === 409 ? 'paused' : 'offline')

export interface Outbox {
  add(text: string): void
  /** Sends what waits, unless that is being done. */
  flush(): void
}

/**
 * Written first, sent then: what is written survives a reload and goes out when it can, in order, under an id by which the
 * server knows a repetition. Several tabs may try; one does, and two would do no harm.
 */
export function openOutbox(options: {
  channel: string
  call: Call
  keeper: Keeper
  language: string
  onChange: () => void
  onStored: () => void
  /** The token is no longer good; answers whether there is another now. */
  renew: () => Promise<boolean>
  onState: (state: SendState) => void
}): Outbox {
  const { keeper, call } = options
  let isFlushing = false
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const set = (id: string, change: Partial<PendingMessage>) => {
    keeper.change(({ pending }) => ({
      pending: pending.map((message) => (message.id === id ? { ...message, ...change } : message)),
    }))
    options.onChange()
  }

  async function send(): Promise<void> {
    for (;;) {
      const { pending, token } = keeper.read()
      const next = pending.find(({ isStored, isRefused }) => !isStored && !isRefused)
      if (next === undefined || token === null) return
      const { id, text, page } = next
      const answer = await call('messages', { id, text, page, language: options.language }, token)
      if (answer.ok) {
        failures = 0
        set(id, { isStored: true })
        options.onState('fine')
        options.onStored()
      } else if (answer.end === 'no') set(id, { isRefused: true })
      else if (answer.end === 'wait' || !(await options.renew())) {
        options.onState(stateOf(answer.status))
        const wait = Math.max(answer.afterMs, Math.min(longestWaitMs, 1000 * 2 ** Math.min(failures++, 5)))
        clearTimeout(timer)
        timer = setTimeout(flush, wait)
        return
      }
    }
  }

  function flush(): void {
    if (isFlushing) return
    isFlushing = true
    const run = () => send().finally(() => (isFlushing = false))
    // another tab that is at it will do it all; where there are no locks, doubles are the server's to know
    if ('locks' in navigator)
      void navigator.locks.request(`ficha-chat-${options.channel}`, { ifAvailable: true }, async (lock) => {
        if (lock !== null) return run()
        isFlushing = false
        clearTimeout(timer)
        timer = setTimeout(flush, 1500)
      })
    else void run()
  }

  return {
    add(text) {
      const message = newMessage(text)
      keeper.change(({ pending }) => ({ pending: [...pending, message] }))
      options.onChange()
      flush()
    },
    flush,
  }
}

/** What is to be sent, with the page it is written on: without the query, which may hold what is nobody's business. */
export const newMessage = (text: string): PendingMessage => ({
  id: newId(),
  text,
  page: { url: location.origin + location.pathname, title: document.title.slice(0, 300) },
  at: Date.now(),
  isStored: false,
  isRefused: false,
})

/** `crypto.randomUUID` is there only on pages served by https. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

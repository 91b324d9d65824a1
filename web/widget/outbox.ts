import type { Call } from './call.ts'
import type { Keeper } from './keep.ts'
import type { PendingMessage } from './protocol.ts'
import { openSender, type Sending } from './sender.ts'

export interface Outbox {
  add(text: string): void
  /** Sends what waits, unless that is being done. */
  flush(): void
}

/** Written first, sent then: what is written survives a reload and goes out when it can, in order. */
export function openOutbox(
  options: Sending & { channel: string; call: Call; keeper: Keeper; language: string },
): Outbox {
  const { keeper, call, language, onChange } = options
  const set = (id: string, change: Partial<PendingMessage>) => {
    keeper.change(({ pending }) => ({
      pending: pending.map((message) => (message.id === id ? { ...message, ...change } : message)),
    }))
    onChange()
  }
  const flush = openSender(
    options,
    `ficha-chat-${options.channel}`,
    async () => keeper.read().pending.find(({ isStored, isRefused }) => !isStored && !isRefused),
    ({ id, text, page }, token) => call('messages', { id, text, page, language }, token),
    ({ id }, refused) => set(id, refused === null ? { isStored: true } : { isRefused: true }),
  )
  return {
    add(text) {
      const message = newMessage(text)
      keeper.change(({ pending }) => ({ pending: [...pending, message] }))
      onChange()
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

import type { Call } from './call.ts'
import { newMessage, stateOf, type SendState } from './outbox.ts'
import type { PendingMessage } from './protocol.ts'

/** What the server takes. */
const mostBytes = 8 * 1024 * 1024
const mostTries = 6

export interface FileOutbox {
  add(file: File): void
  /** Those that are not among the messages yet. */
  pending(): readonly PendingMessage[]
  /** Somebody else is here, or the server shows them now. */
  drop(isOver: (id: string) => boolean): void
}

/** Sends files one after the other, each as a message of its own. They last as long as the page: no storage holds them. */
export function openFileOutbox(options: {
  call: Call
  token: () => string | null
  language: string
  onChange: () => void
  onStored: () => void
  renew: () => Promise<boolean>
  onState: (state: SendState) => void
}): FileOutbox {
  let files: PendingMessage[] = []
  let last: Promise<void> = Promise.resolve()

  const set = (id: string, change: Partial<PendingMessage>) => {
    files = files.map((one) => (one.id === id ? { ...one, ...change } : one))
    options.onChange()
  }

  async function send({ id, text, page }: PendingMessage, file: File): Promise<void> {
    const said = { id, name: text, type: file.type, page, language: options.language }
    for (let tries = 0; tries < mostTries && files.some((one) => one.id === id); tries += 1) {
      const answer = await options.call('files', said, options.token(), file)
      if (answer.ok) {
        options.onState('fine')
        set(id, { isStored: true })
        return options.onStored()
      }
      if (answer.end === 'no')
        return set(id, {
          isRefused: true,
          ...(answer.status === 400 ? { problem: 'kind' } : {}),
          ...(answer.status === 413 ? { problem: 'size' } : {}),
        })
      if (answer.end === 'again' && (await options.renew())) continue
      options.onState(stateOf(answer.status))
      await new Promise((done) => setTimeout(done, Math.max(answer.afterMs, 1000 * 2 ** tries)))
    }
    set(id, { isRefused: true })
  }

  return {
    add(file) {
      const message = newMessage(file.name)
      const isLarge = file.size > mostBytes
      files = [...files, isLarge ? { ...message, isRefused: true, problem: 'size' } : message]
      options.onChange()
      if (!isLarge) last = last.then(() => send(message, file))
    },
    pending: () => files,
    drop(isOver) {
      files = files.filter(({ id }) => !isOver(id))
    },
  }
}

import type { Call } from './call.ts'
import { openFileKeeper, type WaitingFile } from './keep-files.ts'
import { newMessage } from './outbox.ts'
import type { PendingMessage } from './protocol.ts'
import { openSender, type Sending } from './sender.ts'

/** What the server takes. */
const mostBytes = 8 * 1024 * 1024

export interface FileOutbox {
  add(file: File): void
  /** Those that are not among the messages yet. */
  pending(): readonly PendingMessage[]
  /** Takes up what this visitor's pages before have left. */
  restore(since: number): Promise<void>
  /** Sends what waits, unless that is being done. */
  flush(): void
  /** The server shows them now. */
  drop(isOver: (id: string) => boolean): void
  /** Somebody else is here. */
  forget(): void
}

/** Sends files one after the other, each as a message of its own; what is not up yet survives a reload. */
export function openFileOutbox(options: Sending & { channel: string; call: Call; language: string }): FileOutbox {
  const { channel, call, language, onChange } = options
  const keeper = openFileKeeper(channel)
  let files: WaitingFile[] = []
  const visitor = () => visitorOf(options.token())

  const set = (id: string, change: Partial<WaitingFile>) => {
    files = files.map((one) => (one.id === id ? { ...one, ...change } : one))
    onChange()
  }
  async function next(): Promise<WaitingFile | undefined> {
    for (;;) {
      const waiting = files.find((one) => !one.isStored && !one.isRefused && one.visitor === visitor())
      if (waiting?.isKept !== true || (await keeper.has(waiting.id))) return waiting
      // another tab has sent it
      set(waiting.id, { isStored: true })
    }
  }
  const flush = openSender(
    options,
    `ficha-chat-files-${channel}`,
    next,
    ({ id, text, page, file }, token) =>
      call('files', { id, name: text, type: file.type, page, language }, token, file),
    async ({ id }, refused) => {
      await keeper.remove([id])
      if (refused === null) set(id, { isStored: true })
      else
        set(id, {
          isRefused: true,
          ...(refused === 400 ? { problem: 'kind' } : {}),
          ...(refused === 413 ? { problem: 'size' } : {}),
        })
    },
  )

  return {
    add(file) {
      const whose = visitor()
      if (whose === null) return
      const waiting: WaitingFile = { ...newMessage(file.name), channel, visitor: whose, file, isKept: false }
      if (file.size > mostBytes) {
        files = [...files, { ...waiting, isRefused: true, problem: 'size' }]
        return onChange()
      }
      files = [...files, waiting]
      onChange()
      void keeper.add(waiting).then((isKept) => {
        set(waiting.id, { isKept })
        flush()
      })
    },
    pending: () => files.filter((one) => one.visitor === visitor()),
    async restore(since) {
      const whose = visitor()
      if (whose === null) return
      const kept = await keeper.read(whose, since)
      const known = new Set(files.map(({ id }) => id))
      files = [...files, ...kept.filter(({ id }) => !known.has(id))]
      if (files.length > known.size) onChange()
    },
    flush,
    drop(isOver) {
      const over = files.filter(({ id }) => isOver(id))
      files = files.filter((one) => !over.includes(one))
      void keeper.remove(over.flatMap(({ id, isKept }) => (isKept ? [id] : [])))
    },
    forget() {
      files = []
      void keeper.read('', 0)
    },
  }
}

/** Whom a token is for: what it says is read, and no more believed than the visitor themself. */
function visitorOf(token: string | null): string | null {
  try {
    const words = (token ?? '').split('.')[0]!.replaceAll('-', '+').replaceAll('_', '/')
    return (JSON.parse(atob(words)) as { a: string }).a
  } catch {
    return null
  }
}

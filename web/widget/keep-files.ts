import type { PendingMessage } from './protocol.ts'

/** A file that is on its way, whose name is the text. */
export interface WaitingFile extends PendingMessage {
  channel: string
  /** Whose it is: nobody else's token sends it. */
  visitor: string
  file: Blob
  /** The browser holds it beyond this page. */
  isKept: boolean
}

/** So much at once: what a shop's page may ask of a browser for files that leave it in a moment. */
const mostBytes = 32 * 1024 * 1024

export interface FileKeeper {
  /** Those of this visitor, the oldest first; what is somebody else's or from before `since` is forgotten. */
  read(visitor: string, since: number): Promise<WaitingFile[]>
  /** Answers whether it is kept: there may be no room, or no storage. */
  add(file: WaitingFile): Promise<boolean>
  /** Is it there still, or has another tab sent it? */
  has(id: string): Promise<boolean>
  remove(ids: readonly string[]): Promise<void>
}

/** Keeps files in the site's own storage, beside what is written. Where a browser lets nothing be stored, nothing is kept. */
export function openFileKeeper(channel: string): FileKeeper {
  const opening = open().catch(() => null)

  async function run<Result>(
    mode: IDBTransactionMode,
    ask: (store: IDBObjectStore) => IDBRequest<Result>,
  ): Promise<Result | null> {
    try {
      const store = (await opening)?.transaction('files', mode).objectStore('files')
      return store === undefined ? null : await answerOf(ask(store))
    } catch {
      return null
    }
  }
  const all = async () => ((await run<WaitingFile[]>('readonly', (store) => store.getAll())) ?? []).filter(isOurs)
  const isOurs = (file: WaitingFile) => file.channel === channel
  const remove = async (ids: readonly string[]) => {
    for (const id of ids) await run('readwrite', (store) => store.delete(id))
  }

  return {
    async read(visitor, since) {
      const kept = await all()
      const own = kept.filter((one) => one.visitor === visitor && one.at >= since)
      await remove(kept.filter((one) => !own.includes(one)).map(({ id }) => id))
      return own.toSorted((a, b) => a.at - b.at)
    },
    async add(file) {
      const held = (await all()).reduce((sum, one) => sum + one.file.size, 0)
      if (held + file.file.size > mostBytes) return false
      return (await run('readwrite', (store) => store.put({ ...file, isKept: true }))) !== null
    },
    has: async (id) => (await run('readonly', (store) => store.getKey(id))) === id,
    remove,
  }
}

async function open(): Promise<IDBDatabase> {
  const asked = indexedDB.open('ficha-chat', 1)
  asked.addEventListener('upgradeneeded', () => asked.result.createObjectStore('files', { keyPath: 'id' }))
  return answerOf(asked)
}

const answerOf = <Result>(request: IDBRequest<Result>): Promise<Result> =>
  new Promise((done, failed) => {
    request.addEventListener('success', () => done(request.result))
    request.addEventListener('error', () => failed(request.error))
  })

import type { PendingMessage } from './protocol.ts'

/** What outlives a reload, in the site's own storage: nobody else's page reads it. */
export interface Kept {
  token: string | null
  pending: PendingMessage[]
  /** The last message of the site's that was seen. */
  seen: number
  isOpen: boolean
}

const nothing: Kept = { token: null, pending: [], seen: 0, isOpen: false }

export interface Keeper {
  read(): Kept
  change(change: (kept: Kept) => Partial<Kept>): void
  /** Another tab has changed something. */
  onChange(listener: () => void): void
}

/** Where a browser lets nothing be stored, what is kept lasts as long as the page. */
export function openKeeper(channel: string): Keeper {
  const key = `ficha-chat-${channel}`
  let memory = nothing
  const read = (): Kept => {
    try {
      const stored: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
      return stored === null ? memory : { ...nothing, ...(stored as Partial<Kept>) }
    } catch {
      return memory
    }
  }
  return {
    read,
    change(change) {
      const before = read()
      memory = { ...before, ...change(before) }
      try {
        localStorage.setItem(key, JSON.stringify(memory))
      } catch {
        // full, or not allowed
      }
    },
    onChange(listener) {
      addEventListener('storage', (event) => {
        if (event.key === key) listener()
      })
    },
  }
}

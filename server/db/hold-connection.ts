import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from '../deps.ts'

interface Options {
  readonly url: string
  /** What the database shows of it, as in `ficha live`. */
  readonly name: string
  readonly log: Logger
  /** What makes a fresh connection what it is for: what it listens to, what it locks. Fails: the connection is given up. */
  readonly prepare: (client: pg.Client) => Promise<unknown>
  readonly onNotice?: (payload: string | undefined) => void
  /** Called each time it stands anew after it was lost: what was said meanwhile was missed. */
  readonly onReturn?: () => void
}

const firstPauseMs = 250
const longestPauseMs = 2000

/**
 * Holds a connection of its own for as long as the process lives, as listening and session locks need. Once lost, it is taken
 * up anew: one attempt at a time, ever more seldom, told of once a loss. The first connection's error is thrown.
 */
export async function holdConnection(options: Options): Promise<{ close(): Promise<void> }> {
  const { url, name, log, prepare, onNotice, onReturn } = options
  const closing = new AbortController()
  let client: pg.Client | null = null

  /** Resolves as soon as it stands, to a promise of its loss. */
  async function connect(): Promise<{ lost: Promise<void> }> {
    const next = new pg.Client({ connectionString: url, application_name: name, keepAlive: true })
    const lost = new Promise<void>((resolve) => void next.once('end', resolve))
    next.on('error', () => undefined)
    if (onNotice !== undefined) next.on('notification', (message) => onNotice(message.payload))
    try {
      await next.connect()
      await prepare(next)
    } catch (error) {
      void next.end().catch(() => undefined)
      throw error
    }
    client = next
    return { lost }
  }

  async function takeUpAnew(): Promise<{ lost: Promise<void> } | null> {
    for (let failures = 0; ; failures++) {
      const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** failures) * (0.75 + Math.random() / 2)
      await wait(pause, undefined, { signal: closing.signal }).catch(() => undefined)
      if (closing.signal.aborted) return null
      try {
        const next = await connect()
        if (closing.signal.aborted) await client?.end()
        return next
      } catch (error) {
        if (failures === 0) log.warn({ err: error }, `the connection "${name}" was lost and is being taken up anew`)
      }
    }
  }

  async function keep(first: { lost: Promise<void> }): Promise<void> {
    for (let held: { lost: Promise<void> } | null = first; held !== null;) {
      await held.lost
      held = await takeUpAnew()
      if (held !== null && !closing.signal.aborted) onReturn?.()
    }
  }

  const kept = keep(await connect())
  return {
    async close() {
      closing.abort()
      await client?.end().catch(() => undefined)
      await kept
    },
  }
}

import { createInterface } from 'node:readline'
import { Client } from 'undici'
import type { LiveEvent } from '#contract/live.ts'
import type { Stage } from '../stage/open-stage.ts'

const longestWaitMs = 60_000

/** A browser that looks on: knows when each message was told to it. */
export interface Arrivals {
  /** When the message with this id of its provider's showed, on the clock of `performance.now()`. @throws after a minute */
  of(extId: string): Promise<number>
  close(): Promise<void>
}

/**
 * Listens to the live stream as a signed-in browser does. An event names the message by number; which one it is, is asked of the
 * database after the time was taken.
 */
export async function watchArrivals({
  url,
  headers,
  pool,
  workspaceId,
}: Pick<Stage, 'url' | 'headers' | 'pool' | 'workspaceId'>): Promise<Arrivals> {
  const arrived = new Map<string, number>()
  const waiting = new Map<string, (at: number) => void>()
  let fresh = new Map<number, number>()

  function note(extId: string, at: number): void {
    const resolve = waiting.get(extId)
    if (resolve === undefined) arrived.set(extId, at)
    else resolve(at)
  }

  async function nameFresh(): Promise<void> {
    const batch = fresh
    fresh = new Map()
    const { rows } = await pool.query<{ id: number; ext_id: string | null }>(
      'select id, ext_id from message where workspace_id = $1 and id = any($2)',
      [workspaceId, [...batch.keys()]],
    )
    // a mail's id carries a hash of its content
    for (const { id, ext_id } of rows) note((ext_id ?? '').replace(/#[0-9a-f]{32}$/, ''), batch.get(id) ?? 0)
  }

  // a connection of its own, which can be cut: an aborted fetch may go on once its request was collected as garbage
  const connection = new Client(url, { bodyTimeout: 0 })
  const { body } = await connection.request({
    method: 'POST',
    path: '/rpc/live/watch',
    headers: { ...headers, 'content-type': 'application/json' },
    body: '{}',
  })
  const listening = (async () => {
    for await (const line of createInterface({ input: body })) {
      if (!line.startsWith('data: ')) continue
      const at = performance.now()
      const { json: event } = JSON.parse(line.slice('data: '.length)) as { json?: LiveEvent }
      if (event?.type !== 'conversation' || event.cause !== 'message' || event.messageId === null) continue
      fresh.set(event.messageId, at)
      if (fresh.size === 1) setImmediate(() => void nameFresh().catch(console.error))
    }
  })().catch((error: unknown) => {
    if (!connection.destroyed) console.error(error)
  })

  return {
    async of(extId) {
      const at = arrived.get(extId)
      if (arrived.delete(extId) && at !== undefined) return at
      let timer: NodeJS.Timeout | undefined
      try {
        return await new Promise<number>((resolve, reject) => {
          waiting.set(extId, resolve)
          timer = setTimeout(() => reject(new Error(`message ${extId} never showed`)), longestWaitMs)
        })
      } finally {
        waiting.delete(extId)
        clearTimeout(timer)
      }
    },
    async close() {
      await connection.destroy()
      await listening
    },
  }
}

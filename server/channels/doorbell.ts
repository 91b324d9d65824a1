import type { Deps } from '../deps.ts'
import type { Line } from './adapter.ts'

/** Within so many milliseconds one ring is enough for all that was stored. */
const quietMs = 20

/**
 * Rings for the ingestion of a channel, soon and at most once in a while; never waited for by whoever stored something.
 * A ring that fails is only logged: what waits is found again by the job that looks for lost doorbells.
 */
export interface Doorbell {
  ring(line: Pick<Line, 'workspaceId' | 'channelId'>): void
  /** Rings what is due and waits until all rings have been heard. */
  close(): Promise<void>
}

export function openDoorbell(deps: Pick<Deps, 'jobs' | 'log'>): Doorbell {
  const waiting = new Map<string, { timer: NodeJS.Timeout; ring: () => void }>()
  const underway = new Set<Promise<void>>()
  return {
    ring({ workspaceId, channelId }) {
      const key = `${workspaceId}:${channelId}`
      if (waiting.has(key)) return
      const ring = () => {
        waiting.delete(key)
        const call: Promise<void> = deps.jobs
          .ring('ingest-channel', { workspaceId, channelId })
          .catch((error: unknown) => deps.log.warn({ err: error, channelId }, 'a doorbell was not heard'))
          .finally(() => underway.delete(call))
        underway.add(call)
      }
      waiting.set(key, { timer: setTimeout(ring, quietMs), ring })
    },
    async close() {
      for (const { timer, ring } of waiting.values()) {
        clearTimeout(timer)
        ring()
      }
      await Promise.all(underway)
    },
  }
}

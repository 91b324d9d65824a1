import type { LiveEvent } from '#contract/live.ts'
import { sees, type Access } from '#contract/policy.ts'
import { holdConnection } from '../db/hold-connection.ts'
import { liveChannel, type LiveNotice } from '../db/notify.ts'
import type { Logger } from '../deps.ts'

type Listener = (event: LiveEvent) => void
interface Watcher {
  readonly workspaceId: number
  readonly access: () => Access
  readonly send: Listener
  readonly end: () => void
}

/**
 * One LISTEN connection a process, fanned out to its browsers. When that connection was lost, everyone is told `ready`
 * again once it stands: they refetch what they show, so nothing that was said meanwhile is missed.
 */
export interface LiveHub {
  watch(watcher: Watcher): () => void
  /** Ends every stream, and from now on each new one at once: the process is going to stop. */
  endAllStreams(): void
  close(): Promise<void>
}

export async function openLiveHub(url: string, log: Logger): Promise<LiveHub> {
  const watchers = new Map<number, Set<Watcher>>()
  let ending = false

  const of = (workspaceId: number) => watchers.get(workspaceId) ?? new Set()
  const hear = (payload: string | undefined) => {
    const notice = JSON.parse(payload ?? 'null') as LiveNotice | null
    if (notice === null) return
    for (const watcher of of(notice.workspaceId)) {
      const access = watcher.access()
      const isMeant = notice.onlyTo === undefined || notice.onlyTo === access.memberId
      const isSeen = notice.seenBy === null || notice.seenBy.some((contact) => sees(access, contact))
      if (isMeant && isSeen) watcher.send(notice.event)
      if (notice.endsStreamsOf === access.memberId) watcher.end()
    }
  }

  function endAllStreams(): void {
    ending = true
    for (const set of watchers.values()) for (const watcher of set) watcher.end()
  }
  const connection = await holdConnection({
    url,
    name: 'ficha live',
    log,
    prepare: (client) => client.query(`listen ${liveChannel}`),
    onNotice: hear,
    onReturn() {
      for (const set of watchers.values()) for (const watcher of set) watcher.send({ type: 'ready' })
    },
  })

  return {
    watch(watcher) {
      const set = of(watcher.workspaceId).add(watcher)
      watchers.set(watcher.workspaceId, set)
      watcher.send({ type: 'ready' })
      if (ending) watcher.end()
      return () => {
        set.delete(watcher)
        if (set.size === 0) watchers.delete(watcher.workspaceId)
      }
    },
    endAllStreams,
    async close() {
      endAllStreams()
      await connection.close()
    },
  }
}

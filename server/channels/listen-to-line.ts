import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Deps } from '../deps.ts'
import type { Listening, StoreEvent } from './adapter.ts'
import { openLine } from './open-line.ts'
import { reportLine } from './report-line.ts'

const longestPauseMs = 5 * 60_000
/** A listener that lasted so long was well: the next failure begins with a short pause again. */
const wellAfterMs = 60_000

export interface RunningLine {
  /** Ends the listening and waits until it has ended. */
  stop(): Promise<void>
}

/** Keeps one line listening; when the adapter gives up or breaks, it is started again, after longer and longer pauses. */
export function listenToLine(
  deps: Deps,
  key: { workspaceId: number; channelId: number },
  store: StoreEvent,
): RunningLine {
  const stopping = new AbortController()
  const ended = keepOn(deps, key, store, stopping.signal)
  return {
    async stop() {
      stopping.abort()
      await ended
    },
  }
}

async function keepOn(
  deps: Deps,
  key: { workspaceId: number; channelId: number },
  store: StoreEvent,
  signal: AbortSignal,
): Promise<void> {
  for (let failures = 0; !signal.aborted; failures++) {
    const begun = Date.now()
    try {
      // opened anew each time: its place in the mailbox has moved on
      const opened = await openLine(deps, key.workspaceId, key.channelId)
      if (opened?.adapter.listen === undefined) return
      await opened.adapter.listen(opened.line, listeningOf(deps, key, store, signal))
    } catch (error) {
      deps.log.warn({ err: error, ...key }, 'a line stopped listening')
    }
    if (Date.now() - begun > wellAfterMs) failures = 0
    await wait(Math.min(1000 * 2 ** failures, longestPauseMs), undefined, { signal }).catch(() => undefined)
  }
}

function listeningOf(
  deps: Deps,
  key: { workspaceId: number; channelId: number },
  store: StoreEvent,
  signal: AbortSignal,
): Listening {
  return {
    signal,
    store,
    async saveProgress(progress) {
      await deps.db
        .updateTable('channel')
        .set({ progress: sql`progress || ${JSON.stringify(progress)}::jsonb` })
        .where('workspace_id', '=', key.workspaceId)
        .where('id', '=', key.channelId)
        .where('deleted_at', 'is', null)
        .execute()
    },
    report: (problem) => reportLine(deps, key, problem),
    log: deps.log.child(key),
  }
}

import type { QueryClient, QueryFilters, QueryKey } from '@tanstack/react-query'
import type { LiveEvent } from '#contract/live.ts'
import { client } from './client.ts'
import { codeOf } from './explain.ts'
import { staleAfter } from './live-keys.ts'
import { noticeSignOut } from './query-client.ts'
import { shareStream } from './share-stream.ts'

/**
 * Keeps what is shown fresh while a workspace is open. All tabs of a browser share one connection. On each connection
 * everything already fetched is fetched again, so that no gap leaves anything stale; call this before the first fetch.
 */
export function followWorkspace(workspaceId: number, queries: QueryClient): () => void {
  const refresh = paced(queries)
  return shareStream<LiveEvent>(`ficha.live.${workspaceId}`, watch, (event) => refresh(staleAfter(event)))
}

/** Connects and hands over events, again and again until told to stop; waits longer after each failure, never in step with others. */
async function watch(send: (event: LiveEvent) => void, signal: AbortSignal): Promise<void> {
  let failures = 0
  while (!signal.aborted) {
    try {
      for await (const event of await client.live.watch(undefined, { signal })) {
        failures = 0
        send(event)
      }
    } catch (error) {
      noticeSignOut(error)
      if (codeOf(error) === 'UNAUTHENTICATED') return
      // No longer a member: begin again where one still is.
      if (codeOf(error) === 'NOT_FOUND') return location.assign('/')
      failures += 1
    }
    if (!signal.aborted) await pause(Math.min(15_000, 300 * 2 ** failures) * (0.5 + Math.random()), signal)
  }
}

/** Waits, but not past the network's return or the end. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, milliseconds)
  const go = () => resolve()
  window.addEventListener('online', go, { once: true })
  signal.addEventListener('abort', go, { once: true })
  return promise.finally(() => {
    clearTimeout(timer)
    window.removeEventListener('online', go)
    signal.removeEventListener('abort', go)
  })
}

/** Refetches at once, then gathers what follows within a moment: a burst of messages costs a few requests, not hundreds. */
function paced(queries: QueryClient): (stale: QueryKey[] | 'all') => void {
  let gathered = new Map<string, QueryKey>()
  let isAll = false
  let resting = false

  const flush = () => {
    if (isAll) void refetch(queries, {})
    else for (const queryKey of gathered.values()) void refetch(queries, { queryKey })
    gathered = new Map()
    isAll = false
  }

  return (stale) => {
    if (stale === 'all') isAll = true
    else for (const key of stale) gathered.set(JSON.stringify(key), key)
    if (resting) return
    resting = true
    flush()
    setTimeout(() => {
      resting = false
      if (isAll || gathered.size > 0) flush()
    }, 250)
  }
}

/** Also what is on its way for the first time: its answer may have been made before what has happened. */
async function refetch(queries: QueryClient, which: QueryFilters): Promise<void> {
  const onTheirWay = queries
    .getQueryCache()
    .findAll({ ...which, fetchStatus: 'fetching', predicate: (one) => one.state.data === undefined })
  void queries.invalidateQueries(which)
  for (const one of onTheirWay) {
    await one.promise?.catch(() => {})
    void queries.invalidateQueries({ queryKey: one.queryKey, exact: true })
  }
}

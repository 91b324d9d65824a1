import { sql } from 'kysely'
import { openLine, type OpenedLine } from '../channels/open-line.ts'
import { notify } from '../db/notify.ts'
import type { Deps } from '../deps.ts'
import { decideEvent, type EventFate } from './decide-event.ts'
import { keysOf } from './find-link.ts'
import { ingestEvent, readEvent, type ReadEvent } from './ingest-event.ts'
import type { Notice } from './ingest-message.ts'
import { ingestTogether, isPlain } from './ingest-together.ts'
import { ringIfDue } from './ring-if-due.ts'
import { ringLater } from './ring-later.ts'
import { takeEvents, type TakenEvent } from './take-events.ts'

/** Then other channels have their turn. */
const turnMs = 5000
/** More than any event is tried in the ordinary way: this one never lived to be judged, it brings the process down. */
const mostAttempts = 12

const stateCode = { pending: 0, done: 1, aside: 2 } as const satisfies Record<EventFate['state'], number>

/**
 * Drains the stored events of a channel in the order they came. What is done is marked at the end of a batch, in one
 * commit with telling the browsers: a process killed before that takes the batch up again, changes nothing the second
 * time, and tells. A paused line keeps its events until it goes on. What names somebody deleted meanwhile is not kept.
 */
export async function ingestChannel(
  deps: Deps,
  { workspaceId, channelId }: { workspaceId: number; channelId: number },
  signal: AbortSignal,
): Promise<void> {
  const end = Date.now() + turnMs
  for (;;) {
    const opened = await openLine(deps, workspaceId, channelId)
    if (opened === null || opened.paused) return
    const events = await takeEvents(deps, { workspaceId, channelId })
    if (events.length === 0) return
    const { fates, notices } = await ingestEvents(deps, opened, events, signal)
    await settle(deps, workspaceId, channelId, fates, notices)
    if (signal.aborted) return
    if (Date.now() > end) return deps.jobs.ring('ingest-channel', { workspaceId, channelId })
  }
}

/**
 * Takes events in, in their order. Plain messages that follow one another are written together, as long as no address comes
 * twice among them, so that the order of each stays.
 */
async function ingestEvents(
  deps: Deps,
  { line, adapter }: Pick<OpenedLine, 'line' | 'adapter'>,
  events: readonly TakenEvent[],
  signal: AbortSignal,
): Promise<{ fates: Map<number, EventFate>; notices: Notice[] }> {
  const fates = new Map<number, EventFate>()
  const notices: Notice[] = []
  const note = (id: number, attempts: number, { notices: news, ...outcome }: Ingested) => {
    notices.push(...news)
    fates.set(id, decideEvent({ ...outcome, attempts }))
  }
  let run: { read: ReadEvent; message: PlainMessage; attempts: number }[] = []
  const keys = new Set<string>()
  const takeIn = async () => {
    const taken = run
    run = []
    keys.clear()
    const together = taken.length < 2 ? [] : taken.map(({ message }) => message)
    const answers = together.length === 0 ? [] : await ingestTogether(deps, line, adapter, together)
    for (const [at, { read, attempts }] of taken.entries()) {
      const news = answers[at]
      const done = news == null ? await ingestEvent(deps, line, adapter, read) : { ...allWell, notices: news }
      note(read.id, attempts, done)
    }
  }
  for (const { id, received_at: receivedAt, headers, body, attempts } of events) {
    if (signal.aborted) break
    if (attempts > mostAttempts) {
      fates.set(id, { state: 'aside', note: 'the process did not survive taking it in' })
      continue
    }
    const read = await readEvent(deps, line, adapter, { id, receivedAt, headers, body })
    const message = plainMessageOf(read)
    const named = message === null ? [] : keysOf(message.sender)
    if (message === null || named.some((key) => keys.has(key))) await takeIn()
    if (message === null) {
      note(id, attempts, await ingestEvent(deps, line, adapter, read))
    } else {
      for (const key of named) keys.add(key)
      run.push({ read, message, attempts })
    }
  }
  await takeIn()
  return { fates, notices }
}

type Ingested = Awaited<ReturnType<typeof ingestEvent>>
type PlainMessage = Parameters<typeof ingestTogether>[3][number]

const allWell = { error: null, away: false, unreadable: null, unmatched: false }

/** The message that is all an event holds, where it may be written together with others. */
function plainMessageOf({ items, unreadable, error }: ReadEvent): PlainMessage | null {
  const [item] = items
  const isAll = items.length === 1 && unreadable === null && error === null
  return isAll && item?.type === 'message' && isPlain(item) ? item : null
}

async function settle(
  deps: Deps,
  workspaceId: number,
  channelId: number,
  fates: ReadonlyMap<number, EventFate>,
  notices: readonly Notice[],
): Promise<void> {
  const ids = [...fates.keys()]
  const list = [...fates.values()]
  const delays = list.map((fate) => (fate.state === 'pending' ? fate.delaySeconds : 0))
  const uncounted = list.map((fate) => (fate.state === 'pending' && fate.uncounted === true ? 1 : 0))
  await deps.db.transaction().execute(async (tx) => {
    const over = list.flatMap((fate, at) => (fate.state === 'pending' ? [] : [ids[at]!]))
    await sql`
      delete from inbound_event where workspace_id = ${workspaceId} and id = any(${over}::bigint[])
        and state = 0 and names_deleted`.execute(tx)
    await sql`
      update inbound_event e set state = fate.state, error = fate.note,
        next_attempt_at = now() + fate.delay * interval '1 second', attempts = e.attempts - fate.uncounted,
        done_at = case when fate.state = 0 then null else now() end
      from unnest(${ids}::bigint[], ${list.map((fate) => stateCode[fate.state])}::smallint[],
        ${list.map((fate) => fate.note)}::text[], ${delays}::int[], ${uncounted}::int[])
        as fate (id, state, note, delay, uncounted)
      where e.workspace_id = ${workspaceId} and e.id = fate.id and e.state = 0`.execute(tx)
    await notify(
      tx,
      [...new Map(notices.map((notice) => [JSON.stringify(notice), notice])).values()].map((notice) => ({
        ...notice,
        workspaceId,
      })),
    )
  })
  await ringIfDue(deps, workspaceId)
  const soonest = Math.min(...list.flatMap((fate) => (fate.state === 'pending' ? [fate.delaySeconds] : [])))
  if (Number.isFinite(soonest)) ringLater(deps, 'ingest-channel', { workspaceId, channelId }, soonest)
}

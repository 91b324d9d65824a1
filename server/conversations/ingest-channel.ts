import { sql } from 'kysely'
import { openLine } from '../channels/open-line.ts'
import { notify } from '../db/notify.ts'
import type { Deps } from '../deps.ts'
import { decideEvent, type EventFate } from './decide-event.ts'
import { ingestEvent } from './ingest-event.ts'
import type { Notice } from './ingest-message.ts'
import { ringIfDue } from './ring-if-due.ts'
import { ringLater } from './ring-later.ts'

const batchSize = 50
/** Then other channels have their turn. */
const turnMs = 5000
/** More than any event is tried in the ordinary way: this one never lived to be judged, it brings the process down. */
const mostAttempts = 12

const stateCode = { pending: 0, done: 1, aside: 2 } as const satisfies Record<EventFate['state'], number>

interface TakenEvent {
  id: number
  received_at: Date
  headers: Record<string, string>
  body: Buffer
  attempts: number
}

/**
 * Drains the stored events of a channel in the order they came. What is done is marked at the end of a batch, in one
 * commit with telling the browsers: a process killed before that takes the batch up again, changes nothing the second
 * time, and tells. A paused line keeps its events until it goes on.
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
    const events = await takeEvents(deps, workspaceId, channelId)
    if (events.length === 0) return
    const fates = new Map<number, EventFate>()
    const notices: Notice[] = []
    for (const { id, received_at, headers, body, attempts } of events) {
      if (signal.aborted) break
      if (attempts > mostAttempts) {
        fates.set(id, { state: 'aside', note: 'the process did not survive taking it in' })
        continue
      }
      const outcome = await ingestEvent(deps, opened.line, opened.adapter, {
        id,
        receivedAt: received_at,
        headers,
        body,
      })
      notices.push(...outcome.notices)
      fates.set(id, decideEvent({ ...outcome, attempts }))
    }
    await settle(deps, workspaceId, channelId, fates, notices)
    if (signal.aborted) return
    if (Date.now() > end) return deps.jobs.ring('ingest-channel', { workspaceId, channelId })
  }
}

/**
 * Counts the attempt before it is made, so that an event that brings the process down is known by it; such a one is then
 * taken alone, and the events before and after it get through.
 */
async function takeEvents(deps: Deps, workspaceId: number, channelId: number): Promise<TakenEvent[]> {
  const taken = await sql<TakenEvent>`
    with due as (
      select id, attempts from inbound_event
      where workspace_id = ${workspaceId} and channel_id = ${channelId} and state = 0 and next_attempt_at <= now()
      order by id limit ${batchSize}
    ), batch as (
      select id from due
      where id = (select min(id) from due) or not exists (select from due where attempts >= 2)
    )
    update inbound_event e set attempts = e.attempts + 1
    from batch where e.workspace_id = ${workspaceId} and e.id = batch.id and e.state = 0
    returning e.id, e.received_at, e.headers, e.body, e.attempts`.execute(deps.db)
  return taken.rows.sort((a, b) => a.id - b.id)
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

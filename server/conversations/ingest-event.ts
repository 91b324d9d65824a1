import type { ChannelAdapter, Incoming, Line, StoredEvent } from '../channels/adapter.ts'
import type { Deps } from '../deps.ts'
import { databaseRefusal } from '../http/database-refusal.ts'
import { isStoreAway } from '../http/store-away.ts'
import { cleanIncoming } from './clean-incoming.ts'
import type { EventOutcome } from './decide-event.ts'
import { ingestEdit } from './ingest-edit.ts'
import { ingestMessage, type Notice } from './ingest-message.ts'
import { ingestPreference } from './ingest-preference.ts'
import { ingestReaction } from './ingest-reaction.ts'
import { ingestStatus } from './ingest-status.ts'
import { ingestUnsend } from './ingest-unsend.ts'
import { ingestWatermark } from './ingest-watermark.ts'

type Item = Exclude<Incoming, { type: 'unreadable' }>

/** What a stored event says, as far as it can be understood. */
export interface ReadEvent {
  readonly id: number
  readonly items: readonly Item[]
  readonly unreadable: string | null
  /** Reading it went wrong. */
  readonly error: string | null
}

/** Reads a stored event, outside any transaction. */
export async function readEvent(
  deps: Deps,
  line: Line,
  adapter: ChannelAdapter,
  event: StoredEvent,
): Promise<ReadEvent> {
  const { id } = event
  try {
    const all = await adapter.parse(line, event)
    const items = all.flatMap((item) => (item.type === 'unreadable' ? [] : [cleanIncoming(item)]))
    const unreadable = all.findLast((item) => item.type === 'unreadable')?.reason ?? null
    return { id, items, unreadable, error: null }
  } catch (error) {
    return { id, items: [], unreadable: null, error: wordsOf(deps, line, id, error) }
  }
}

/**
 * Takes what an event said in: each item in a transaction of its own, so that one bad item never takes the others with it.
 * Safe to repeat. Throws only when the database itself is out of reach.
 */
export async function ingestEvent(
  deps: Deps,
  line: Line,
  adapter: ChannelAdapter,
  { id, items, unreadable, error }: ReadEvent,
): Promise<Omit<EventOutcome, 'attempts'> & { notices: Notice[] }> {
  const outcome = { error, away: false, unreadable, unmatched: false }
  const notices: Notice[] = []
  for (const item of items) {
    try {
      const answer = await ingestItem(deps, line, adapter, item)
      if (answer === 'unmatched') outcome.unmatched = true
      else notices.push(...answer)
    } catch (failure) {
      if (databaseRefusal(failure) !== null) throw failure
      outcome.away ||= isStoreAway(failure)
      outcome.error = wordsOf(deps, line, id, failure)
    }
  }
  return { ...outcome, notices }
}

function wordsOf(deps: Deps, { channelId }: Line, eventId: number, error: unknown): string {
  deps.log.warn({ err: error, channelId, eventId }, 'an item could not be taken in')
  return error instanceof Error ? error.message.slice(0, 500) : 'unknown'
}

function ingestItem(deps: Deps, line: Line, adapter: ChannelAdapter, item: Item): Promise<Notice[] | 'unmatched'> {
  switch (item.type) {
    case 'message':
      return ingestMessage(deps, line, adapter, item)
    case 'status':
      return ingestStatus(deps, line, item)
    case 'reaction':
      return ingestReaction(deps, line, item)
    case 'watermark':
      return ingestWatermark(deps, line, item)
    case 'edit':
      return ingestEdit(deps, line, item)
    case 'preference':
      return ingestPreference(deps, line, item)
    case 'unsend':
      return ingestUnsend(deps, line, item)
  }
}

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

/**
 * Takes one stored event in: parsed outside any transaction, each item in a transaction of its own, so that one bad item
 * never takes the others with it. Safe to repeat. Throws only when the database itself is out of reach.
 */
export async function ingestEvent(
  deps: Deps,
  line: Line,
  adapter: ChannelAdapter,
  event: StoredEvent,
): Promise<Omit<EventOutcome, 'attempts'> & { notices: Notice[] }> {
  const outcome = { error: null as string | null, away: false, unreadable: null as string | null, unmatched: false }
  const notices: Notice[] = []
  const trying = async (act: () => Promise<Notice[] | 'unmatched'>) => {
    try {
      const answer = await act()
      if (answer === 'unmatched') outcome.unmatched = true
      else notices.push(...answer)
    } catch (error) {
      if (databaseRefusal(error) !== null) throw error
      outcome.away ||= isStoreAway(error)
      deps.log.warn({ err: error, channelId: line.channelId, eventId: event.id }, 'an item could not be taken in')
      outcome.error = error instanceof Error ? error.message.slice(0, 500) : 'unknown'
    }
  }
  await trying(async () => {
    for (const item of await adapter.parse(line, event)) {
      if (item.type === 'unreadable') outcome.unreadable = item.reason
      else await trying(() => ingestItem(deps, line, adapter, cleanIncoming(item)))
    }
    return []
  })
  return { ...outcome, notices }
}

function ingestItem(
  deps: Deps,
  line: Line,
  adapter: ChannelAdapter,
  item: Exclude<Incoming, { type: 'unreadable' }>,
): Promise<Notice[] | 'unmatched'> {
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

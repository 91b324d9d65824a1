import type { ActivityEvent } from '#contract/activity.ts'

/** Events of one kind that one person brought about in one go, told as one. */
export interface ActivityEntry {
  /** Newest first; all of one kind. */
  readonly events: readonly [ActivityEvent, ...ActivityEvent[]]
  /** The one that tells who did it. */
  readonly lead: ActivityEvent
}

export interface ActivityDay {
  readonly at: string
  readonly entries: readonly ActivityEntry[]
}

/** Changes this close together were made in one go (ms). */
const goGap = 60_000
const joined: readonly ActivityEvent['kind'][] = ['fieldChanged', 'tagAdded', 'tagRemoved']

/**
 * Lays out what happened for reading: by day, and changes of the same person in one go together. Events come and stay newest
 * first; days are those of the browser's time zone. Pure.
 */
export function planActivity(events: readonly ActivityEvent[]): ActivityDay[] {
  const days: { at: string; entries: ActivityEntry[] }[] = []
  for (const event of events) {
    let day = days.at(-1)
    if (day === undefined || dateOf(day.at) !== dateOf(event.at)) days.push((day = { at: event.at, entries: [] }))
    const before = day.entries.at(-1)
    if (before !== undefined && goesOn(before, event)) day.entries[day.entries.length - 1] = join(before, event)
    else day.entries.push({ events: [event], lead: event })
  }
  return days
}

const dateOf = (at: string) => new Date(at).toDateString()

function goesOn({ events, lead }: ActivityEntry, event: ActivityEvent): boolean {
  const newest = events[0]
  if (event.kind !== newest.kind || !joined.includes(event.kind) || event.contactId !== newest.contactId) return false
  if (Date.parse(newest.at) - Date.parse(event.at) > goGap) return false
  return isDerived(event) || isDerived(lead) || (doer(event) === doer(lead) && event.channelName === lead.channelName)
}

/** A value worked out from another one was nobody's doing. */
function join({ events, lead }: ActivityEntry, event: ActivityEvent): ActivityEntry {
  return { events: [...events, event], lead: isDerived(lead) ? event : lead }
}

const isDerived = ({ kind, data }: ActivityEvent) => kind === 'fieldChanged' && data.source === 'derived'
const doer = ({ actor }: ActivityEvent) => `${actor.type} ${actor.memberId}`

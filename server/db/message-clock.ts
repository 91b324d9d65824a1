/**
 * Ids of messages and activities: microseconds since 1970, so that they sort by time and fit a JavaScript number until
 * 2255. Within a process they never repeat; the lowest three bits are the process's slot, so that up to eight processes
 * never meet. A thread never runs backwards: an id is at least one more than the contact's last.
 */
export interface MessageClock {
  next(after?: number): number
}

export function startMessageClock(slot: () => number): MessageClock {
  let last = 0
  return {
    next(after = 0) {
      const now = Math.round((performance.timeOrigin + performance.now()) * 1000)
      const base = Math.max(now, last + 8, after + 8)
      last = base - (base % 8) + slot()
      if (last <= after) last += 8
      return last
    },
  }
}

/** The time of a message or activity id. */
export const timeOfId = (id: number): Date => new Date(id / 1000)

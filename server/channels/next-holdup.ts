// pure
import type { Attempt } from './adapter.ts'

/** Why sending on a line rests: nothing is tried before `until`, and then one message alone. */
export interface Holdup {
  readonly code: string
  readonly detail: string | null
  readonly since: string
  /** When it was last tried in vain. */
  readonly at: string
  readonly until: string
  /** Times it was tried in vain. */
  readonly tries: number
}

/** Setbacks in a row, on whichever messages, that are the line's and no longer a message's. */
const mostSetbacks = 5
/** One message that has met it so often says it too, where nothing else got through meanwhile: few are sent. */
const mostAttempts = 3
const firstSeconds = 5
const longestSeconds = 300
/** A line at fault stays so until somebody has put it right; it is looked at now and then all the same. */
const faultSeconds = 300

interface Circumstances {
  /** Attempts in a row that went wrong before this one. */
  readonly setbacks: number
  /** Of the message itself. */
  readonly attempts: number
  /** Did the line send anything since the message was queued? */
  readonly hasSentSince: boolean
  readonly begunAt: Date
  readonly now: Date
  /** In [0, 1): spreads what begins again. */
  readonly random: number
}

/**
 * The line's hold-up after an attempt; null when it may send. What was definitely refused, or is too much for one
 * contact, says nothing of the line: it was reached. What had begun before the line was put to rest changes nothing: many may have been under way, and all met the same.
 */
export function nextHoldup(
  held: Holdup | null,
  attempt: Attempt,
  { setbacks, attempts, hasSentSince, begunAt, now, random }: Circumstances,
): Holdup | null {
  if (held !== null && begunAt.getTime() <= Date.parse(held.at)) return held
  const hold = (code: string, detail: string | null, seconds: number): Holdup => ({
    code,
    detail,
    since: held?.since ?? now.toISOString(),
    at: now.toISOString(),
    until: new Date(now.getTime() + seconds * (1 + random / 4) * 1000).toISOString(),
    tries: (held?.tries ?? 0) + 1,
  })
  const backOff = Math.min(firstSeconds * 2 ** (held?.tries ?? 0), longestSeconds)
  switch (attempt.outcome) {
    case 'accepted':
      return null
    case 'failed':
      return attempt.lineBroken === true ? hold(attempt.code, attempt.detail, faultSeconds) : null
    case 'retry':
      if (attempt.contactOnly === true) return null
      if (attempt.code === 'rate-limited')
        return hold(attempt.code, attempt.detail, attempt.afterSeconds ?? backOff / firstSeconds)
      return held !== null || setbacks + 1 >= mostSetbacks || (attempts >= mostAttempts && !hasSentSince)
        ? hold(attempt.code, attempt.detail, Math.max(backOff, attempt.afterSeconds ?? 0))
        : null
    case 'unknown':
      return held !== null || setbacks + 1 >= mostSetbacks ? hold('no-answer', attempt.detail, backOff) : null
  }
}

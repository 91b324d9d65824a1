// pure
import type { Attempt } from './adapter.ts'

/** Why sending on a line rests: nothing is tried before `until`, and then one message alone. */
export interface Holdup {
  readonly code: string
  readonly detail: string | null
  readonly since: string
  readonly until: string
  /** Times it was tried in vain. */
  readonly tries: number
}

/** Setbacks in a row, on whichever messages, that are the line's and no longer a message's. */
const mostSetbacks = 5
/** One message that has met it so often says it too, where few are sent. */
const mostAttempts = 3
const firstSeconds = 5
const longestSeconds = 300
/** A line at fault stays so until somebody has put it right; it is looked at now and then all the same. */
const faultSeconds = 300

/**
 * The line's hold-up after an attempt; null when it may send. `setbacks` is how many attempts in a row went wrong before
 * this one. What was definitely refused says nothing of the line: it was reached. `random` in [0, 1) spreads what begins again.
 */
export function nextHoldup(
  held: Holdup | null,
  attempt: Attempt,
  { setbacks, attempts, now, random }: { setbacks: number; attempts: number; now: Date; random: number },
): Holdup | null {
  const hold = (code: string, detail: string | null, seconds: number): Holdup => ({
    code,
    detail,
    since: held?.since ?? now.toISOString(),
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
      if (attempt.code === 'rate-limited') return hold(attempt.code, attempt.detail, attempt.afterSeconds ?? backOff / firstSeconds)
      return held !== null || setbacks + 1 >= mostSetbacks || attempts >= mostAttempts
        ? hold(attempt.code, attempt.detail, Math.max(backOff, attempt.afterSeconds ?? 0))
        : null
    case 'unknown':
      return held !== null || setbacks + 1 >= mostSetbacks ? hold('no-answer', attempt.detail, backOff) : null
  }
}

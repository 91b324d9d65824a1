/** What became of an event's items this time. */
export interface EventOutcome {
  /** How often the event has been taken up, this time included. */
  readonly attempts: number
  /** Something went wrong with it: worth trying again. */
  readonly error: string | null
  /** What went wrong is that files could not be kept: no fault of the event's, and no reason ever to give it up. */
  readonly away: boolean
  /** An item that nobody will ever understand without a newer version: the raw copy stays, visible. */
  readonly unreadable: string | null
  /** A receipt for a message not known yet. */
  readonly unmatched: boolean
}

export type EventFate =
  | { readonly state: 'done'; readonly note: string | null }
  | { readonly state: 'aside'; readonly note: string }
  /** `uncounted`: the attempt was none. */
  | { readonly state: 'pending'; readonly note: string; readonly delaySeconds: number; readonly uncounted?: true }

/** After each failed attempt, about an hour and a half in all; then the event is set aside. */
const afterError = [1, 5, 30, 120, 600, 1800, 3600]
/** Receipts that nothing matches: messages sent by other means have them too, so they end quietly. */
const afterUnmatched = [1, 3, 15, 60, 300, 1800]

/** What is done with an event next. The other events of its channel go on meanwhile. */
export function decideEvent({ attempts, error, away, unreadable, unmatched }: EventOutcome): EventFate {
  if (away) return { state: 'pending', note: error ?? 'files could not be kept', delaySeconds: 30, uncounted: true }
  if (error !== null) {
    const delaySeconds = afterError[attempts - 1]
    return delaySeconds === undefined
      ? { state: 'aside', note: error }
      : { state: 'pending', note: error, delaySeconds }
  }
  const delaySeconds = unmatched ? afterUnmatched[attempts - 1] : undefined
  if (delaySeconds !== undefined) return { state: 'pending', note: 'unmatched', delaySeconds }
  return unreadable === null
    ? { state: 'done', note: unmatched ? 'unmatched' : null }
    : { state: 'aside', note: unreadable }
}

/** How fast a job goes, as far as this browser has seen it. Times in milliseconds. */
interface Pace {
  /** When it was first seen, and how many were done then. */
  readonly at: number
  readonly from: number
  readonly gone: number
  /** Whole minutes until all is done, 0 below one; null while there is nothing to tell it by. */
  readonly minutes: number | null
}

/** The same when more are done. */
export function moveOn(pace: Pace, gone: number, total: number, now = Date.now()): Pace {
  const perMs = (gone - pace.from) / (now - pace.at)
  const isKnown = perMs > 0 && Number.isFinite(perMs)
  return { ...pace, gone, minutes: isKnown ? Math.floor((total - gone) / perMs / 60_000) : null }
}

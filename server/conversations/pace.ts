// pure
/** How many messages may leave now. */
export interface Pace {
  /** Takes up to `most` of what is free at a time (ms); answers how many. */
  take(most: number, now: number): number
  /** Gives back what was taken and not used. */
  giveBack(count: number): void
  /** Milliseconds until one is free. */
  wait(now: number): number
}

/** A fifth of a second's worth may leave at once: an even stream, whatever comes in bursts. */
const burstSeconds = 0.2

/** So many a second; without a number as many as one likes. */
export function openPace(perSecond: number | undefined, now: number): Pace {
  if (perSecond === undefined) return { take: (most) => most, giveBack: () => undefined, wait: () => 0 }
  const room = Math.max(1, perSecond * burstSeconds)
  let free = room
  let at = now
  const refill = (time: number) => {
    free = Math.min(room, free + (Math.max(0, time - at) / 1000) * perSecond)
    at = Math.max(at, time)
  }
  return {
    take(most, time) {
      refill(time)
      const count = Math.max(0, Math.min(most, Math.floor(free)))
      free -= count
      return count
    },
    giveBack(count) {
      free = Math.min(room, free + count)
    },
    wait(time) {
      refill(time)
      return free >= 1 ? 0 : Math.ceil(((1 - free) / perSecond) * 1000)
    },
  }
}

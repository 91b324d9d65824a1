const firstSeconds = 5
const longestSeconds = 2 * 3600
/** With the delays below, about a day. */
const mostAttempts = 19

/**
 * Seconds to wait after the `attempts`-th attempt went wrong, null when it is to be given up. Three times longer each
 * time, with up to a quarter added so that what failed together does not come back together. `random` in [0, 1).
 */
export function retryDelay(attempts: number, random: number, askedSeconds = 0): number | null {
  if (attempts >= mostAttempts) return null
  const backOff = Math.min(firstSeconds * 3 ** (attempts - 1), longestSeconds)
  return Math.round(Math.max(backOff, Math.min(askedSeconds, longestSeconds)) * (1 + random / 4))
}

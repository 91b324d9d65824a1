// pure
const firstSeconds = 5
const longestSeconds = 2 * 3600
/** With the delays below, about a day. */
const mostAttempts = 19
/** Nothing that was written longer ago than this goes out by itself: by then it may say what is no longer so. */
const longestMs = 24 * 3600 * 1000

/**
 * Seconds to wait after the `attempts`-th attempt went wrong, null when it is to be given up. Three times longer each
 * time, with up to a quarter added so that what failed together does not come back together. `random` in [0, 1).
 */
export function retryDelay(
  { attempts, queuedAt }: { attempts: number; queuedAt: Date },
  random: number,
  askedSeconds = 0,
  now = Date.now(),
): number | null {
  if (attempts >= mostAttempts || now - queuedAt.getTime() > longestMs) return null
  const backOff = Math.min(firstSeconds * 3 ** (attempts - 1), longestSeconds)
  return Math.round(Math.max(backOff, Math.min(askedSeconds, longestSeconds)) * (1 + random / 4))
}

// pure
const day = 86_400_000

/**
 * The day that `2026-05-03` or `-7d` names, as milliseconds of its midnight in UTC; null where it names none.
 * @param today the same of today in the workspace
 */
export function dayNamed(text: string, today: number): number | null {
  const relative = /^([+-]\d{1,5})d$/.exec(text)
  if (relative !== null) return today + Number(relative[1]) * day
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return null
  const at = Date.parse(`${text}T00:00:00Z`)
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text || text < '1900' ? null : at
}

/** The midnight in UTC of the day that it is in a time zone. */
export function todayIn(timeZone: string, now: Date): number {
  return Math.floor((now.getTime() + offsetAt(timeZone, now.getTime())) / day) * day
}

export const nextDay = (midnight: number): number => midnight + day

/** `2026-05-03` of a midnight in UTC. */
export const dayText = (midnight: number): string => new Date(midnight).toISOString().slice(0, 10)

/**
 * The moment at which clocks in a time zone show this time, given as if it were UTC. Where clocks are put forward over it,
 * the moment at which they are; where they show it twice, the first time.
 */
export function momentIn(timeZone: string, wall: number): number {
  const [before, after] = [offsetAt(timeZone, wall - day), offsetAt(timeZone, wall + day)]
  const moments = [wall - before, wall - after].toSorted((a, b) => a - b)
  const exact = moments.find((at) => at + offsetAt(timeZone, at) === wall)
  if (exact !== undefined) return exact
  // a gap: the first moment after it
  let [low, high] = [moments[0]!, moments[1]!]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(timeZone, middle) === before) low = middle
    else high = middle
  }
  return high
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Milliseconds by which clocks in a time zone are ahead of UTC. */
function offsetAt(timeZone: string, at: number): number {
  let format = formats.get(timeZone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formats.set(timeZone, format)
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const wall = Date.UTC(
    parts['year']!,
    parts['month']! - 1,
    parts['day'],
    parts['hour'],
    parts['minute'],
    parts['second'],
  )
  return wall - Math.floor(at / 1000) * 1000
}

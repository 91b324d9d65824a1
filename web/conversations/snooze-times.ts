const hour = 3_600_000

/**
 * The usual times to come back to a conversation, in the browser's time zone: in three hours (to the next quarter; left out
 * late in the evening), tomorrow at nine, next Monday at nine. Pure.
 */
export function snoozeTimes(now: Date): { laterToday: Date | null; tomorrow: Date; nextMonday: Date } {
  const quarter = hour / 4
  const later = new Date(Math.ceil((now.getTime() + 3 * hour) / quarter) * quarter)
  return {
    laterToday: later.getDate() === now.getDate() ? later : null,
    tomorrow: nineOn(now, 1),
    nextMonday: nineOn(now, (8 - now.getDay()) % 7 || 7),
  }
}

function nineOn(now: Date, daysAhead: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + daysAhead, 9)
}

/** A moment as `<input type="datetime-local">` writes it. Pure. */
export function localInput(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const date = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-')
  return `${date}T${two(at.getHours())}:${two(at.getMinutes())}`
}

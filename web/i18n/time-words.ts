const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** "4 min ago" up to 24 hours, then the date. `then` and `now` are milliseconds; `tag` is a BCP 47 language. */
export function agoWords(then: number, now: number, tag: string): string {
  const past = now - then
  const words = new Intl.RelativeTimeFormat(tag, { numeric: 'auto', style: 'short' })
  if (past < minute) return words.format(0, 'second')
  if (past < hour) return words.format(-Math.floor(past / minute), 'minute')
  if (past < day) return words.format(-Math.floor(past / hour), 'hour')
  return dateWords(then, now, tag)
}

/** "38 min", "1 h 12 min", "2 days 3 h": a length of time in its two largest units; "0 min" below a minute. */
export function spanWords(ms: number, tag: string): string {
  const [days, hours, minutes] = [Math.floor(ms / day), Math.floor((ms % day) / hour), Math.floor((ms % hour) / minute)]
  const words = (value: number, unit: string, unitDisplay: 'short' | 'long' = 'short') =>
    new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay }).format(value)
  if (days > 0)
    return hours > 0 && days < 4 ? `${words(days, 'day', 'long')} ${words(hours, 'hour')}` : words(days, 'day', 'long')
  if (hours > 0) return minutes > 0 ? `${words(hours, 'hour')} ${words(minutes, 'minute')}` : words(hours, 'hour')
  return words(minutes, 'minute')
}

/** As lists show it: the time today, "yesterday", then the date. */
export function clockWords(then: number, now: number, tag: string): string {
  const days = daysBetween(then, now)
  if (days === 0) return timeWords(then, tag)
  if (days === 1) return capital(new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }).format(-1, 'day'), tag)
  return dateWords(then, now, tag)
}

/** As a thread's day line shows it: "Today, 22 November", "Monday, 16 November", with the year when it is another one. */
export function dayWords(then: number, now: number, tag: string): string {
  const days = daysBetween(then, now)
  const year = sameYear(then, now) ? {} : ({ year: 'numeric' } as const)
  const date = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'long', ...year })
  if (days === 0 || days === 1) {
    const near = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }).format(-days, 'day')
    return `${capital(near, tag)}, ${date.format(then)}`
  }
  const full = new Intl.DateTimeFormat(tag, { weekday: 'long', day: 'numeric', month: 'long', ...year })
  return capital(full.format(then), tag)
}

/** "20 Nov", with the year when it is another one. */
export function dateWords(then: number, now: number, tag: string): string {
  const year = sameYear(then, now) ? {} : ({ year: 'numeric' } as const)
  return new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', ...year }).format(then)
}

/** "12 mar 2025, 9:14". */
export function dateTimeWords(then: number, tag: string): string {
  return new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short' }).format(then)
}

/** "9:14". */
export function timeWords(then: number, tag: string): string {
  return new Intl.DateTimeFormat(tag, { hour: 'numeric', minute: '2-digit' }).format(then)
}

/** Calendar days from one moment to another in the browser's time zone; negative when `then` lies ahead. */
function daysBetween(then: number, now: number): number {
  return Math.round((midnight(now) - midnight(then)) / day)
}

function midnight(moment: number): number {
  return new Date(moment).setHours(0, 0, 0, 0)
}

function sameYear(a: number, b: number): boolean {
  return new Date(a).getFullYear() === new Date(b).getFullYear()
}

function capital(words: string, tag: string): string {
  return words.charAt(0).toLocaleUpperCase(tag) + words.slice(1)
}

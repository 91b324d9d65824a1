import { useLingui } from '@lingui/react'
import { formatTag } from './locale.ts'
import { agoWords, clockWords, dateTimeWords, dateWords, dayWords, spanWords, timeWords } from './time-words.ts'

/** Anything that names a moment: an ISO string, a Date, milliseconds. */
export type Moment = string | number | Date

/** Dates, numbers and names written for the language spoken now. */
export function useFormats() {
  useLingui()
  return formatsFor(formatTag())
}

/** All of them for one language tag. */
function formatsFor(tag: string) {
  const at = (moment: Moment) => new Date(moment).getTime()
  return {
    tag,
    /** 1248 → "1.248"; Spanish groups four digits too. */
    number: (value: number) => new Intl.NumberFormat(tag, { useGrouping: 'always' }).format(value),
    /** 0.98 → "98 %". */
    percent: (share: number) => new Intl.NumberFormat(tag, { style: 'percent' }).format(share),
    time: (moment: Moment) => timeWords(at(moment), tag),
    date: (moment: Moment, now = Date.now()) => dateWords(at(moment), now, tag),
    dateTime: (moment: Moment) => dateTimeWords(at(moment), tag),
    day: (moment: Moment, now = Date.now()) => dayWords(at(moment), now, tag),
    clock: (moment: Moment, now = Date.now()) => clockWords(at(moment), now, tag),
    ago: (moment: Moment, now = Date.now()) => agoWords(at(moment), now, tag),
    /** 4 320 000 ms → "1 h 12 min". */
    span: (ms: number) => spanWords(ms, tag),
    /** "2026-11-22" → "dom 22". */
    weekday: (day: string) =>
      new Intl.DateTimeFormat(tag, { weekday: 'short', day: 'numeric', timeZone: 'UTC' }).format(new Date(day)),
    list: (items: readonly string[]) => new Intl.ListFormat(tag, { type: 'conjunction' }).format(items),
    /** "ES" → "España"; a code nobody knows comes back as it is. */
    country: (code: string) => nameOf(tag, 'region', code),
    /** "es" → "Español", with a capital as a value of a field. */
    language: (code: string) => {
      const name = nameOf(tag, 'language', code)
      return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1)
    },
    /** 188416 → "184 kB". */
    bytes: (count: number) => {
      const [unit, size] = count < 1e6 ? (['kilobyte', count / 1e3] as const) : (['megabyte', count / 1e6] as const)
      const maximumFractionDigits = size < 10 && unit === 'megabyte' ? 1 : 0
      return new Intl.NumberFormat(tag, { style: 'unit', unit, maximumFractionDigits }).format(size)
    },
    compare: new Intl.Collator(tag, { sensitivity: 'base', numeric: true }).compare,
  }
}

function nameOf(tag: string, type: 'region' | 'language', code: string): string {
  try {
    return new Intl.DisplayNames(tag, { type }).of(code) ?? code
  } catch {
    return code
  }
}

import type { UsageCycle } from '#contract/usage.ts'
import { useFormats } from '../i18n/formats.ts'

type Cycle = Pick<UsageCycle, 'startsOn' | 'endsOn'>

/** What billing cycles are called: months where they begin on the first, else from when to when. */
export function useCycleWords() {
  const { tag } = useFormats()
  const write = (day: string, shape: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(tag, { ...shape, timeZone: 'UTC' }).format(new Date(day))
  const range = ({ startsOn, endsOn }: Cycle, year: boolean) =>
    new Intl.DateTimeFormat(tag, {
      day: 'numeric',
      month: 'short',
      ...(year ? { year: 'numeric' } : {}),
      timeZone: 'UTC',
    }).formatRange(new Date(startsOn), new Date(endsOn))
  const isMonth = ({ startsOn, endsOn }: Cycle) =>
    startsOn.endsWith('-01') && write(endsOn, { month: 'numeric' }) === write(startsOn, { month: 'numeric' })
  return {
    /** "noviembre de 2026", "15 nov – 14 dic 2026" */
    long: (cycle: Cycle) =>
      isMonth(cycle) ? write(cycle.startsOn, { month: 'long', year: 'numeric' }) : range(cycle, true),
    /** Under a bar: "nov", and the year where it begins: "ene 26". */
    short: ({ startsOn }: Cycle) =>
      write(startsOn, startsOn.slice(5, 7) === '01' ? { month: 'short', year: '2-digit' } : { month: 'short' }),
    range: (cycle: Cycle) => range(cycle, false),
  }
}

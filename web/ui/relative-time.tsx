import { useSyncExternalStore } from 'react'
import { useFormats, type Moment } from '../i18n/formats.ts'

/**
 * A moment that stays true while the page is open. `as`: `clock` for lists (9:57, yesterday, 20 Nov), `ago` for recency
 * (4 min ago), `moment` for both date and time. The full moment is in the title.
 */
export function RelativeTime(props: { at: Moment; as?: 'clock' | 'ago' | 'moment'; className?: string | undefined }) {
  const formats = useFormats()
  const at = new Date(props.at)
  const now = Math.max(useSyncExternalStore(watchClock, currentTick) * tick, at.getTime())
  const write = { clock: formats.clock, ago: formats.ago, moment: formats.dateTime }[props.as ?? 'clock']
  return (
    <time dateTime={at.toISOString()} title={formats.dateTime(at)} className={props.className ?? 'num'}>
      {write(at, now)}
    </time>
  )
}

const tick = 20_000
const currentTick = () => Math.floor(Date.now() / tick)

const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

/** One clock for every moment on the page. */
function watchClock(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => listeners.forEach((one) => one()), tick)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

import { useSyncExternalStore } from 'react'
import { useFormats, type Moment } from '../i18n/formats.ts'

/**
 * A moment that stays true while the page is open. `as`: `clock` for lists (9:57, yesterday, 20 Nov), `ago` for recency
 * (4 min ago), `moment` for both date and time. The full moment is in the title.
 */
export function RelativeTime(props: { at: Moment; as?: 'clock' | 'ago' | 'moment'; className?: string | undefined }) {
  const formats = useFormats()
  const now = useSyncExternalStore(watchMinute, thisMinute) * 60_000 + 59_999
  const at = new Date(props.at)
  const words =
    props.as === 'ago'
      ? formats.ago(at, Math.max(now - 59_999, at.getTime()))
      : props.as === 'moment'
        ? formats.dateTime(at)
        : formats.clock(at, now)
  return (
    <time dateTime={at.toISOString()} title={formats.dateTime(at)} className={props.className ?? 'num'}>
      {words}
    </time>
  )
}

const thisMinute = () => Math.floor(Date.now() / 60_000)

function watchMinute(listener: () => void) {
  const timer = setInterval(listener, 20_000)
  return () => clearInterval(timer)
}

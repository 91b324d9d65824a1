import { useLingui } from '@lingui/react/macro'
import type { ActivityEvent } from '#contract/activity.ts'
import { useFormats } from '../i18n/formats.ts'
import css from './activity.module.css'
import { EventDetails } from './event-details.tsx'
import { WhoLine } from './who-line.tsx'

/** What became of one value, the newest first; what it was called is said elsewhere. */
export function ChangeList({ contactId, events }: { contactId: number; events: readonly ActivityEvent[] }) {
  const { t } = useLingui()
  const { dateTime } = useFormats()
  return (
    <ol className={css.changes}>
      {events.map((event) => (
        <li key={event.id}>
          <EventDetails event={event} isOneOf={false} />
          <WhoLine event={event} />
          <time dateTime={event.at} className={css.quiet}>
            {dateTime(event.at)}
          </time>
          {event.contactId !== contactId && <p className={css.quiet}>{t`On ID ${event.contactId}`}</p>}
        </li>
      ))}
    </ol>
  )
}

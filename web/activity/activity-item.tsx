import { useLingui } from '@lingui/react/macro'
import {
  AlarmClock,
  AlarmClockOff,
  Ban,
  Bell,
  BellOff,
  Check,
  Eraser,
  Inbox,
  Merge,
  Pencil,
  Radio,
  RotateCcw,
  Split,
  Tag,
  Unplug,
  UserRound,
  UserRoundPlus,
  UserRoundX,
  Users,
  Workflow,
  type LucideIcon,
} from 'lucide-react'
import type { ActivityEvent } from '#contract/activity.ts'
import type { ContactDetails } from '#contract/contacts.ts'
import { useFormats } from '../i18n/formats.ts'
import { Icon } from '../ui/icon.tsx'
import css from './activity.module.css'
import { EventDetails } from './event-details.tsx'
import type { ActivityEntry } from './plan-activity.ts'
import { useEntryTitle } from './use-entry-title.ts'
import { WhoLine } from './who-line.tsx'

const icons: Record<ActivityEvent['kind'], LucideIcon> = {
  contactCreated: UserRoundPlus,
  fieldChanged: Pencil,
  alternateRemoved: Eraser,
  tagAdded: Tag,
  tagRemoved: Tag,
  assigned: UserRound,
  unassigned: UserRoundX,
  opened: Inbox,
  closed: Check,
  snoozed: AlarmClock,
  unsnoozed: AlarmClockOff,
  contactChannelAdded: Radio,
  contactChannelRemoved: Unplug,
  contactChannelRestored: Radio,
  merged: Merge,
  unmerged: Split,
  toldApart: Users,
  toldApartUndone: Users,
  workflowStarted: Workflow,
  workflowEnded: Workflow,
  optedOut: BellOff,
  optedIn: Bell,
  blocked: Ban,
  unblocked: RotateCcw,
}

const tones: Partial<Record<ActivityEvent['kind'], 'ok' | 'info' | 'danger'>> = {
  contactCreated: 'info',
  opened: 'info',
  merged: 'ok',
  optedOut: 'danger',
  blocked: 'danger',
}

/** What happened in one go: what, from → to, who and when. */
export function ActivityItem({ entry, contact }: { entry: ActivityEntry; contact: ContactDetails }) {
  const { t } = useLingui()
  const { time, dateTime } = useFormats()
  const title = useEntryTitle(entry)
  const { lead, events } = entry
  const { kind, contactId } = lead
  const part = contact.absorbed.find((one) => one.contactId === contactId)
  const name = part?.displayName ?? t`Nameless contact`
  return (
    <li className={css.entry} data-tone={tones[kind]}>
      <span className={css.mark}>
        <Icon of={icons[kind]} size={14} />
      </span>
      <div className={css.words}>
        <div className={css.first}>
          <p className={css.title}>{title}</p>
          <time dateTime={lead.at} title={dateTime(lead.at)} className="num">
            {time(lead.at)}
          </time>
        </div>
        {events.map((event) => (
          <EventDetails key={event.id} event={event} isOneOf={events.length > 1} />
        ))}
        <WhoLine event={lead} />
        {contactId !== contact.id && <p className={css.quiet}>{t`On ${name} · ID ${contactId}`}</p>}
      </div>
    </li>
  )
}

import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { AlarmClock, AlarmClockOff, CalendarClock } from 'lucide-react'
import { lazy, useState } from 'react'
import type { ContactDetails } from '#contract/contacts.ts'
import { api } from '../api/client.ts'
import { useCommands } from '../app/commands.ts'
import { useFormats } from '../i18n/formats.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { LazyDialog } from '../ui/lazy-dialog.tsx'
import { Menu, MenuItem, MenuSeparator } from '../ui/menu.tsx'
import { offerUndo } from '../ui/undo.ts'
import { tellRefusal } from './refusal.tsx'
import { snoozeTimes } from './snooze-times.ts'
import { useNow } from '../app/use-now.ts'
import { refreshConversation, useReopen } from './use-reopen.ts'

const SnoozeDialog = lazy(() => import('./snooze-dialog.tsx'))

/** Puts the conversation aside until a time. */
export function SnoozeMenu({ contact }: { contact: ContactDetails }) {
  const { t } = useLingui()
  const { tag, dateTime } = useFormats()
  const [isOpen, setOpen] = useState(false)
  const [isPicking, setPicking] = useState(false)
  const reopen = useReopen()
  const now = useNow()
  const isSnoozed = contact.status === 'snoozed'
  const contactId = contact.id
  useCommands([
    { id: 'snooze', title: t`Snooze…`, group: t`Conversation`, keys: 'h', icon: AlarmClock, run: () => setOpen(true) },
  ])
  const snooze = useMutation(
    api.conversations.snooze.mutationOptions({
      onSuccess: (_, { until }) => {
        const words = dateTime(until)
        offerUndo({ done: t`Snoozed until ${words}`, undo: t`Undo`, undoing: t`Undoing…` }, () =>
          reopen.mutateAsync({ contactId }),
        )
        return refreshConversation(contactId)
      },
      onError: tellRefusal,
    }),
  )
  const until = (at: Date) => snooze.mutate({ contactId, until: at.toISOString() })
  const { laterToday, tomorrow, nextMonday } = snoozeTimes(new Date(now))
  const when = new Intl.DateTimeFormat(tag, { weekday: 'short', hour: 'numeric', minute: '2-digit' })
  return (
    <>
      <Menu
        label={t`Snooze`}
        isOpen={isOpen}
        onOpenChange={setOpen}
        trigger={<IconButton icon={AlarmClock} label={t`Snooze`} keys="h" />}
      >
        {isSnoozed && (
          <MenuItem id="wake" icon={AlarmClockOff} onAction={() => reopen.mutate({ contactId })}>
            {t`Bring back now`}
          </MenuItem>
        )}
        {isSnoozed && <MenuSeparator />}
        {laterToday && (
          <MenuItem id="later" note={when.format(laterToday)} onAction={() => until(laterToday)}>
            {t`Later today`}
          </MenuItem>
        )}
        <MenuItem id="tomorrow" note={when.format(tomorrow)} onAction={() => until(tomorrow)}>
          {t`Tomorrow`}
        </MenuItem>
        <MenuItem id="monday" note={when.format(nextMonday)} onAction={() => until(nextMonday)}>
          {t`Next Monday`}
        </MenuItem>
        <MenuSeparator />
        <MenuItem id="pick" icon={CalendarClock} onAction={() => setPicking(true)}>
          {t`Pick a time…`}
        </MenuItem>
      </Menu>
      {isPicking && (
        <LazyDialog onClose={() => setPicking(false)}>
          <SnoozeDialog onPick={until} onClose={() => setPicking(false)} />
        </LazyDialog>
      )}
    </>
  )
}

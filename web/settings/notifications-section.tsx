import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Bell } from 'lucide-react'
import { useState } from 'react'
import type { NotificationKind, NotificationLevel } from '#contract/notifications.ts'
import { api } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { Button } from '../ui/button.tsx'
import { Select } from '../ui/select.tsx'
import css from './settings.module.css'

/** Of what the person is told, and how. */
export function NotificationsSection() {
  const { t } = useLingui()
  const { data: settings } = useQuery(api.notifications.settings.queryOptions())
  const save = useMutation(
    api.notifications.updateSettings.mutationOptions({
      onSuccess: (fresh) => queryClient.setQueryData(api.notifications.settings.queryKey(), fresh),
    }),
  )
  if (settings === undefined) return null
  const kinds: Record<NotificationKind, string> = {
    assigned: t`A contact is assigned to you`,
    message: t`A contact of yours writes`,
    mention: t`Somebody mentions you in a note`,
  }
  return (
    <section className={css.section}>
      <h2>
        <Trans>Notifications</Trans>
      </h2>
      <div className={css.form}>
        {(Object.keys(kinds) as NotificationKind[]).map((kind) => (
          <Select<NotificationLevel>
            key={kind}
            label={kinds[kind]}
            value={settings[kind]}
            onChange={(level) => save.mutate({ [kind]: level })}
            choices={[
              { id: 'desktop', name: t`In Ficha and on the desktop` },
              { id: 'app', name: t`In Ficha only` },
              { id: 'off', name: t({ message: 'Off', context: 'notifications' }) },
            ]}
          />
        ))}
        <DesktopPermission />
      </div>
    </section>
  )
}

/** The browser asks once; whoever refused has to change it there. */
function DesktopPermission() {
  const { t } = useLingui()
  const [permission, setPermission] = useState(() => ('Notification' in window ? Notification.permission : 'denied'))
  if (permission === 'granted') return null
  if (permission === 'denied')
    return <p className={css.quiet}>{t`This browser doesn't allow desktop notifications from Ficha.`}</p>
  return (
    <div>
      <Button icon={Bell} onPress={() => void Notification.requestPermission().then(setPermission)}>
        <Trans>Allow desktop notifications</Trans>
      </Button>
    </div>
  )
}

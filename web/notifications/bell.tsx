import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Bell as BellIcon } from 'lucide-react'
import { lazy, Suspense, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { api } from '../api/client.ts'
import { Icon } from '../ui/icon.tsx'
import { LazyDialog } from '../ui/lazy-dialog.tsx'
import { Count } from '../ui/pill.tsx'

const NotificationsPopover = lazy(() => import('./notifications-popover.tsx'))
const Desktop = lazy(() => import('./desktop.tsx'))
const mayTell = () => 'Notification' in window && Notification.permission === 'granted'

/** How much there is to know of, and the list behind it. `className` and `countClass` are those of the rail's places. */
export function Bell(props: { className: string; countClass: string | undefined }) {
  const { t } = useLingui()
  const button = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  const { data } = useQuery(api.notifications.unread.queryOptions())
  const count = data?.count ?? 0
  return (
    <>
      <Button ref={button} className={props.className} aria-haspopup="dialog" onPress={() => setOpen(true)}>
        <Icon of={BellIcon} size={20} />
        <span>{t`Alerts`}</span>
        {count > 0 && <Count of={count} label={t`unread:`} className={props.countClass} />}
      </Button>
      <LazyDialog onClose={() => setOpen(false)}>
        {isOpen && <NotificationsPopover triggerRef={button} onClose={() => setOpen(false)} />}
      </LazyDialog>
      <Suspense fallback={null}>{data !== undefined && mayTell() && <Desktop unread={data.items} />}</Suspense>
    </>
  )
}

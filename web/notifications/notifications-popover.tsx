import { useLingui } from '@lingui/react/macro'
import type { RefObject } from 'react'
import { useIsPhone } from '../app/use-narrow.ts'
import { Popover } from '../ui/popover.tsx'
import css from './notification-list.module.css'
import { NotificationList } from './notification-list.tsx'

/** The list behind the bell. */
export default function NotificationsPopover(props: {
  triggerRef: RefObject<HTMLButtonElement | null>
  onClose: () => void
}) {
  const { t } = useLingui()
  return (
    <Popover
      label={t`Notifications`}
      triggerRef={props.triggerRef}
      isOpen
      onOpenChange={(isOpen) => !isOpen && props.onClose()}
      placement={useIsPhone() ? 'top end' : 'end bottom'}
      className={css.popover ?? ''}
    >
      <NotificationList onClose={props.onClose} />
    </Popover>
  )
}

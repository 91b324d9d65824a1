import { useLingui } from '@lingui/react/macro'
import { Check, CheckCheck, CircleAlert, CircleHelp, Clock, type LucideIcon } from 'lucide-react'
import type { MessageStatus } from '#contract/conversations.ts'
import { classes } from '../ui/classes.ts'
import { Icon } from '../ui/icon.tsx'
import css from './thread.module.css'

const icons: Record<MessageStatus, LucideIcon> = {
  received: Check,
  queued: Clock,
  sent: Check,
  delivered: CheckCheck,
  read: CheckCheck,
  failed: CircleAlert,
  unknown: CircleHelp,
}

/** How far a message has come: an icon, and its word where `inWords` or where something is the matter. */
export function DeliveryState({ status, inWords }: { status: MessageStatus; inWords: boolean }) {
  const { t } = useLingui()
  const words: Record<MessageStatus, string> = {
    received: t`Received`,
    queued: t`Waiting to be sent`,
    sent: t`Sent`,
    delivered: t`Delivered`,
    read: t`Read`,
    failed: t`Not sent`,
    unknown: t`Perhaps not sent`,
  }
  const isTrouble = status === 'failed' || status === 'unknown'
  return (
    <span className={classes(css.delivery, css[`is-${status}`])} title={words[status]}>
      <Icon of={icons[status]} size={14} />
      <span className={inWords || isTrouble || status === 'queued' ? undefined : 'visually-hidden'}>
        {words[status]}
      </span>
    </span>
  )
}

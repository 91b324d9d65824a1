import { useLingui } from '@lingui/react/macro'
import {
  AlarmClock,
  AlarmClockOff,
  Ban,
  Bell,
  BellOff,
  Check,
  Inbox,
  Merge,
  Radio,
  RotateCcw,
  Split,
  Unplug,
  UserRound,
  UserRoundX,
  type LucideIcon,
} from 'lucide-react'
import type { ThreadEvent } from '#contract/conversations.ts'
import { useMe } from '../api/me.ts'
import { useFormats } from '../i18n/formats.ts'
import { Icon } from '../ui/icon.tsx'
import css from './thread.module.css'

const icons: Record<ThreadEvent['kind'], LucideIcon> = {
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
  optedOut: BellOff,
  optedIn: Bell,
  blocked: Ban,
  unblocked: RotateCcw,
}

/** What happened between two messages, in words. */
export function EventLine({ event }: { event: ThreadEvent }) {
  const words = useEventWords(event)
  const { time, dateTime } = useFormats()
  return (
    <p className={css.event}>
      <Icon of={icons[event.kind]} size={14} />
      <span>{words}</span>
      <time dateTime={event.at} title={dateTime(event.at)} className="num">
        {time(event.at)}
      </time>
    </p>
  )
}

function useEventWords({ kind, actor, data }: ThreadEvent): string {
  const { t } = useLingui()
  const { dateTime } = useFormats()
  const me = useMe().memberId
  const isMine = actor.memberId === me
  const who = isMine ? null : actor.name
  const to = personIn(data['to'])
  switch (kind) {
    case 'assigned': {
      const name = to?.name ?? ''
      if (to?.memberId === me) {
        if (isMine) return t`You took this conversation`
        return who ? t`${who} assigned this conversation to you` : t`This conversation was assigned to you`
      }
      if (isMine) return t`You assigned this conversation to ${name}`
      if (actor.memberId !== null && actor.memberId === to?.memberId) return t`${name} took this conversation`
      return who ? t`${who} assigned this conversation to ${name}` : t`Assigned to ${name}`
    }
    case 'unassigned':
      if (isMine) return t`You left this conversation unassigned`
      return who ? t`${who} left this conversation unassigned` : t`Left unassigned`
    case 'opened':
      if (actor.type === 'contact' || data['source'] === 'contact') return t`The contact began a conversation`
      if (isMine) return t`You opened the conversation`
      return who ? t`${who} opened the conversation` : t`Conversation opened`
    case 'closed': {
      const note = [data['category'], data['summary']].filter((part) => typeof part === 'string' && part !== '')
      const closed = isMine
        ? t`You closed the conversation`
        : who
          ? t`${who} closed the conversation`
          : t`Conversation closed`
      return [closed, note.join(', ')].filter(Boolean).join(': ')
    }
    case 'snoozed': {
      const until = typeof data['until'] === 'string' ? dateTime(data['until']) : ''
      if (isMine) return t`You snoozed the conversation until ${until}`
      return who ? t`${who} snoozed the conversation until ${until}` : t`Snoozed until ${until}`
    }
    case 'unsnoozed':
      if (data['cause'] === 'message') return t`Back in the Inbox: there is a new message`
      if (data['cause'] === 'time') return t`Back in the Inbox: the time has come`
      if (isMine) return t`You brought the conversation back`
      return who ? t`${who} brought the conversation back` : t`Back in the Inbox`
    case 'contactChannelAdded': {
      const channel = typeof data['channelName'] === 'string' ? data['channelName'] : ''
      return t`Channel added: ${channel}`
    }
    case 'contactChannelRemoved': {
      const channel = typeof data['channelName'] === 'string' ? data['channelName'] : ''
      if (isMine) return t`You removed the channel ${channel}`
      return who ? t`${who} removed the channel ${channel}` : t`Channel removed: ${channel}`
    }
    case 'contactChannelRestored': {
      const channel = typeof data['channelName'] === 'string' ? data['channelName'] : ''
      return t`Channel restored: ${channel}`
    }
    case 'merged': {
      const others = namesIn(data['absorbed'] ?? data['into'])
      return who ? t`${who} merged this contact with ${others}` : t`Merged with ${others}`
    }
    case 'unmerged': {
      const others = namesIn(data['returned'] ?? data['outOf'])
      return who ? t`${who} undid the merge with ${others}` : t`The merge with ${others} was undone`
    }
    case 'optedOut': {
      const channel = typeof data['channelName'] === 'string' ? data['channelName'] : null
      if (data['marketing'] === true) return t`The contact wants no advertising by ${channel ?? ''}`
      if (actor.type === 'contact') return t`The contact asked for no more messages by ${channel ?? ''}`
      return channel === null ? t`Noted: wants no messages at all` : t`Noted: wants no messages by ${channel}`
    }
    case 'optedIn': {
      const channel = typeof data['channelName'] === 'string' ? data['channelName'] : null
      if (data['marketing'] === true) return t`Can be sent advertising by ${channel ?? ''} again`
      if (actor.type === 'contact') return t`The contact wants messages by ${channel ?? ''} again`
      return channel === null ? t`Can be written to again` : t`Can be written to by ${channel} again`
    }
    case 'blocked': {
      const blocked = isMine ? t`You blocked this contact` : who ? t`${who} blocked this contact` : t`Contact blocked`
      const reason = data['reason']
      return typeof reason === 'string' && reason !== '' ? `${blocked}: ${reason}` : blocked
    }
    case 'unblocked':
      if (isMine) return t`You unblocked this contact`
      return who ? t`${who} unblocked this contact` : t`Contact unblocked`
  }
}

/** Contacts of a merge, as they were called then. */
function namesIn(value: unknown): string {
  const contacts = (Array.isArray(value) ? value : [value]) as ({ contactId?: unknown; name?: unknown } | undefined)[]
  return contacts.map((one) => (typeof one?.name === 'string' ? one.name : `#${String(one?.contactId)}`)).join(', ')
}

function personIn(value: unknown): { memberId: number; name: string } | null {
  if (typeof value !== 'object' || value === null) return null
  const { memberId, name } = value as Record<string, unknown>
  return typeof memberId === 'number' && typeof name === 'string' ? { memberId, name } : null
}

import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { File, Hourglass, MapPin, Paperclip, CircleAlert, StickyNote, UserRound, type LucideIcon } from 'lucide-react'
import type { ConversationRow as Row } from '#contract/conversations.ts'
import { useMe } from '../api/me.ts'
import type { InboxSearch } from '../app/search-params.ts'
import { Avatar } from '../ui/avatar.tsx'
import { ChannelGlyph } from '../ui/channel-glyph.tsx'
import { classes } from '../ui/classes.ts'
import { Icon } from '../ui/icon.tsx'
import { Count } from '../ui/pill.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import css from './conversation-row.module.css'
import { useKindName } from './use-kind-name.ts'
import { useContactName } from './use-contact-name.ts'
import { wordsForType } from './snippet-words.ts'

const icons: Record<string, LucideIcon> = {
  attachment: Paperclip,
  location: MapPin,
  contacts: UserRound,
  note: StickyNote,
  template: File,
}

/** One conversation of the list; a link, so that it opens in a new tab too. */
export function ConversationRow(props: {
  row: Row
  workspace: number
  search: InboxSearch
  isOpen: boolean
  isTabStop: boolean
}) {
  const { row } = props
  const { t } = useLingui()
  const name = useContactName(row.displayName)
  const kindName = useKindName()
  return (
    <Link
      to="/w/$workspace/inbox/{-$contactId}"
      params={{ workspace: props.workspace, contactId: row.contactId }}
      search={props.search}
      className={classes(css.row, row.unread > 0 && css.unread, props.isOpen && css.isOpen)}
      tabIndex={props.isTabStop ? 0 : -1}
      data-contact={row.contactId}
    >
      <span className={css.avatar}>
        <Avatar id={row.contactId} name={row.displayName} picture={row.pictureUrl} size={40}>
          {row.kind && <ChannelGlyph kind={row.kind} />}
        </Avatar>
      </span>
      <span className={css.top}>
        <bdi className={classes('trunc', css.name)}>{name}</bdi>
        {row.kind && <span className="visually-hidden">, {kindName(row.kind)},</span>}
        <RelativeTime at={row.lastMessageAt} className={css.time} />
      </span>
      <Snippet row={row} />
      <span className={css.meta}>
        <Assignee row={row} />
        {row.unread > 0 && <Count of={row.unread} label={t`unread:`} className={css.count} />}
      </span>
    </Link>
  )
}

function Snippet({ row: { snippet } }: { row: Row }) {
  const { t, i18n } = useLingui()
  const icon = icons[snippet.type]
  const words = snippet.text ?? wordsForType(snippet.type, i18n)
  const sender = snippet.senderName?.split(' ')[0]
  const who = snippet.direction === 'in' || snippet.type === 'none' ? null : snippet.byMe ? t`You` : sender
  return (
    <span className={css.snippet}>
      {snippet.status === 'failed' && <Icon of={CircleAlert} size={14} label={t`Not sent`} className={css.failed} />}
      {snippet.status === 'unknown' && <Icon of={CircleAlert} size={14} label={t`Perhaps not sent`} />}
      {snippet.status === 'queued' && <Icon of={Hourglass} size={14} label={t`Waiting to be sent`} />}
      {icon && <Icon of={icon} size={14} label={snippet.text ? wordsForType(snippet.type, i18n) : ''} />}
      <span className="trunc" dir="auto">
        {who && `${who}: `}
        {words}
      </span>
    </span>
  )
}

function Assignee({ row }: { row: Row }) {
  const { t } = useLingui()
  const me = useMe().memberId
  if (!row.assignee) return <span className="trunc">{t`Unassigned`}</span>
  const isMe = row.assignee.memberId === me
  return (
    <>
      <Avatar id={row.assignee.memberId} name={row.assignee.name} size={22} />
      <span className="trunc">{isMe ? t`You` : row.assignee.name}</span>
    </>
  )
}

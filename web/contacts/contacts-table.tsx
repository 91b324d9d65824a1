import { useLingui } from '@lingui/react/macro'
import { useRef, useState, type KeyboardEvent } from 'react'
import type { ContactRow as Row } from '#contract/contacts.ts'
import { useFormats } from '../i18n/formats.ts'
import { StageMark, useFields } from '../fields/shared.ts'
import { FirstTag } from '../tags/shared.ts'
import { PageBox, RowBox, type ListSelection } from '../bulk/shared.ts'
import { Avatar } from '../ui/avatar.tsx'
import { ChannelGlyph } from '../ui/channel-glyph.tsx'
import { classes } from '../ui/classes.ts'
import { Flag } from '../ui/flag.tsx'
import { FormattedPhone } from '../ui/formatted-phone.tsx'
import { StatusDot } from '../ui/pill.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { VirtualList, type VirtualListHandle } from '../ui/virtual-list.tsx'
import { channelName } from './channel-name.ts'
import css from './contacts-table.module.css'

const tones = { open: 'ok', snoozed: 'warn', closed: 'hollow' } as const
const mostGlyphs = 3

/** The rows under their headings. Arrows, J and K move, Enter opens; columns give way as the room does. */
export function ContactsTable(props: {
  rows: readonly Row[]
  openId: number | null
  onOpen: (id: number) => void
  chosen: ListSelection
  onEnd: (() => void) | undefined
  isFetchingMore: boolean
}) {
  const { t } = useLingui()
  const { rows, openId, onOpen, chosen } = props
  const handle = useRef<VirtualListHandle>(null)
  const box = useRef<HTMLDivElement>(null)
  const [stop, setStop] = useState<number | null>(null)
  const tabStop = rows.find(({ id }) => id === (stop ?? openId))?.id ?? rows[0]?.id

  const focus = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))]
    if (row === undefined) return
    setStop(row.id)
    handle.current?.show(rows.indexOf(row))
    const find = () => box.current?.querySelector<HTMLElement>(`[data-contact="${row.id}"]`)?.focus()
    requestAnimationFrame(() => requestAnimationFrame(find))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const at = rows.findIndex(({ id }) => id === tabStop)
    const by = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key]
    if (by !== undefined && !event.metaKey && !event.ctrlKey && !event.altKey) focus(at + by)
    else if (event.key === 'x' && !event.metaKey && !event.ctrlKey && !event.altKey) {
      if (tabStop !== undefined) chosen.toggle(tabStop)
    } else if (event.key === 'Escape' && openId === null) chosen.clear()
    else if (event.key === 'Home') focus(0)
    else if (event.key === 'End') focus(rows.length - 1)
    else return
    event.preventDefault()
  }
  const hasStages = useFields()?.some(({ key }) => key === 'lifecycle') ?? false
  const columns = [
    { name: t({ message: 'Name', context: 'of a contact' }), column: css.name },
    { name: t`Channels`, column: css.channels },
    { name: t`Phone`, column: css.phone },
    { name: t`Email`, column: css.email },
    { name: t`Tags`, column: css.tags },
    ...(hasStages ? [{ name: t`Lifecycle`, column: css.stage }] : []),
    { name: t`Country`, column: css.country },
    { name: t`Language`, column: css.language },
    { name: t`Conversation`, column: css.status },
    { name: t`Assigned to`, column: css.assignee },
    { name: t`Last message`, column: css.last },
    { name: t`Added`, column: css.added },
  ]
  return (
    <div ref={box} role="presentation" className={css.table} onKeyDown={onKeyDown}>
      <div className={classes(css.line, css.headings)}>
        <PageBox ids={rows.map(({ id }) => id)} chosen={chosen} className={css.box ?? ''} />
        {columns.map(({ name, column }) => (
          <span key={name} className={classes(css.cell, column)} aria-hidden="true">
            {name}
          </span>
        ))}
      </div>
      <VirtualList
        ref={handle}
        label={t`Contacts`}
        items={rows}
        keyOf={(row) => row.id}
        rowHeight={44}
        padding={{ start: 0, end: 24 }}
        onEnd={props.onEnd}
        foot={props.isFetchingMore && <Spinner />}
        renderRow={(row) => (
          <ContactLine
            row={row}
            isOpen={row.id === openId}
            isTabStop={row.id === tabStop}
            hasStages={hasStages}
            isChosen={chosen.has(row.id)}
            onOpen={onOpen}
            onChoose={chosen.toggle}
            onFocus={setStop}
            isFixed={chosen.kind === 'everyone'}
          />
        )}
      />
    </div>
  )
}

function ContactLine(props: {
  row: Row
  isOpen: boolean
  isTabStop: boolean
  hasStages: boolean
  isChosen: boolean
  /** Everyone is chosen: nobody can be left out. */
  isFixed: boolean
  onOpen: (id: number) => void
  onChoose: (id: number) => void
  onFocus: (id: number) => void
}) {
  const { t, i18n } = useLingui()
  const { country, language, date } = useFormats()
  const { row, isOpen, isTabStop, isChosen, onOpen } = props
  const words = { open: t`Open`, snoozed: t`Snoozed`, closed: t`Closed` }
  const more = row.channelKinds.length - mostGlyphs
  const name = row.displayName ?? t`Nameless contact`
  return (
    <div className={css.row} data-current={isOpen || undefined} data-chosen={isChosen || undefined}>
      <RowBox
        name={name}
        isSelected={isChosen}
        isDisabled={props.isFixed}
        excludeFromTabOrder={!isTabStop}
        onChange={() => props.onChoose(row.id)}
        className={css.box ?? ''}
      />
      <button
        type="button"
        data-contact={row.id}
        className={css.line}
        aria-current={isOpen || undefined}
        tabIndex={isTabStop ? 0 : -1}
        onFocus={() => props.onFocus(row.id)}
        onClick={() => onOpen(row.id)}
      >
        <span className={classes(css.cell, css.name)}>
          <Avatar id={row.id} name={row.displayName} picture={row.pictureUrl} size={28} />
          <bdi className="trunc">{name}</bdi>
        </span>
        <span className={classes(css.cell, css.channels)}>
          {row.channelKinds.slice(0, mostGlyphs).map((kind) => (
            <ChannelGlyph key={kind} kind={kind} size={18} label={channelName(kind, i18n)} />
          ))}
          {more > 0 && <span className="num">+{more}</span>}
        </span>
        <span className={classes(css.cell, css.phone)}>
          {row.phone !== null && <FormattedPhone phone={row.phone} formatted={row.phoneFormatted} />}
        </span>
        <span className={classes(css.cell, css.email)}>
          <bdi className="trunc">{row.email}</bdi>
        </span>
        <span className={classes(css.cell, css.tags)}>
          <FirstTag tags={row.tags} />
        </span>
        {props.hasStages && (
          <span className={classes(css.cell, css.stage)}>
            {row.lifecycle !== null && <StageMark stage={row.lifecycle} />}
          </span>
        )}
        <span className={classes(css.cell, css.country)}>
          {row.country !== null && (
            <>
              <Flag country={row.country} /> <span className="trunc">{country(row.country)}</span>
            </>
          )}
        </span>
        <span className={classes(css.cell, css.language)}>{row.language !== null && language(row.language)}</span>
        <span className={classes(css.cell, css.status)}>
          {row.status !== null && <StatusDot tone={tones[row.status]}>{words[row.status]}</StatusDot>}
        </span>
        <span className={classes(css.cell, css.assignee)}>
          {row.assignee !== null && (
            <>
              <Avatar id={row.assignee.memberId} name={row.assignee.name} size={22} />
              <span className="trunc">{row.assignee.name}</span>
            </>
          )}
        </span>
        <span className={classes(css.cell, css.last)}>
          {row.lastMessageAt !== null && <RelativeTime at={row.lastMessageAt} />}
        </span>
        <span className={classes(css.cell, css.added, 'num')}>{date(row.createdAt)}</span>
      </button>
    </div>
  )
}

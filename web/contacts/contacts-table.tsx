import { useLingui } from '@lingui/react/macro'
import { Ellipsis } from 'lucide-react'
import { lazy, useRef, useState, type KeyboardEvent } from 'react'
import type { Column, ColumnKey, ContactRow as Row, ContactSort } from '#contract/contacts.ts'
import { useFormats } from '../i18n/formats.ts'
import { StageMark, useCustomField, useValueWords } from '../fields/shared.ts'
import { FirstTag } from '../tags/shared.ts'
import { PageBox, RowBox, type ListSelection } from '../bulk/shared.ts'
import { Avatar } from '../ui/avatar.tsx'
import { ChannelGlyph } from '../ui/channel-glyph.tsx'
import { classes } from '../ui/classes.ts'
import { Flag } from '../ui/flag.tsx'
import { FormattedPhone } from '../ui/formatted-phone.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { LazyDialog } from '../ui/lazy-dialog.tsx'
import { StatusDot } from '../ui/pill.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { VirtualList, type VirtualListHandle } from '../ui/virtual-list.tsx'
import { channelName } from './channel-name.ts'
import { ColumnHeading } from './column-heading.tsx'
import css from './contacts-table.module.css'
import { flexOf, sortOf, usualOrder, widthOf } from './plan-columns.ts'
import type { Spot } from './row-menu.tsx'
import type { Columns } from './use-columns.ts'

const RowMenu = lazy(() => import('./row-menu.tsx'))

const tones = { open: 'ok', snoozed: 'warn', closed: 'hollow' } as const
const mostGlyphs = 3

/** The rows under their headings. Arrows, J and K move, Enter opens; columns give way as the room does. */
export function ContactsTable(props: {
  rows: readonly Row[]
  openId: number | null
  onOpen: (id: number) => void
  chosen: ListSelection
  columns: Columns
  sort: ContactSort
  order: 'asc' | 'desc'
  onSort: (sort: ContactSort, order: 'asc' | 'desc') => void
  onEnd: (() => void) | undefined
  isFetchingMore: boolean
}) {
  const { t } = useLingui()
  const { rows, openId, onOpen, chosen, columns, sort, order, onSort } = props
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
  const [asked, setAsked] = useState<{ row: Row; at: Spot } | null>(null)
  /** The focus goes back to where it was asked for, unless an act has taken it elsewhere. */
  const endAsking = () => {
    const id = asked?.row.id
    setAsked(null)
    requestAnimationFrame(() => {
      if (document.activeElement === document.body)
        box.current?.querySelector<HTMLElement>(`[data-contact="${id}"]`)?.focus()
    })
  }
  const askByKey = () => {
    const row = rows.find(({ id }) => id === tabStop)
    const line = box.current?.querySelector(`[data-contact="${row?.id}"]`)?.getBoundingClientRect()
    if (row !== undefined && line !== undefined) setAsked({ row, at: { x: line.left + 48, y: line.bottom - 6 } })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const at = rows.findIndex(({ id }) => id === tabStop)
    const by = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key]
    if (by !== undefined && !event.metaKey && !event.ctrlKey && !event.altKey) focus(at + by)
    else if (event.key === 'x' && !event.metaKey && !event.ctrlKey && !event.altKey) {
      if (tabStop !== undefined) chosen.toggle(tabStop)
    } else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) askByKey()
    else if (event.key === 'Escape' && openId === null) chosen.clear()
    else if (event.key === 'Home') focus(0)
    else if (event.key === 'End') focus(rows.length - 1)
    else return
    event.preventDefault()
  }
  const [drawn, setDrawn] = useState<Column | null>(null)
  const { isOwn, nameOf } = columns
  const shown = columns.shown.map((one) => (one.key === drawn?.key ? drawn : one))
  const isSized = isOwn || drawn !== null
  const resize = (column: Column, isSettled: boolean) => {
    setDrawn(isSettled ? null : column)
    if (isSettled) columns.set(shown.map((one) => (one.key === column.key ? column : one)))
  }
  const sortedBy = (key: ColumnKey) => {
    const by = sortOf(key)
    return by === null ? undefined : by === sort ? order : null
  }
  const sortBy = (key: ColumnKey) => {
    const by = sortOf(key)
    if (by !== null) onSort(by, by === sort ? turned(order) : usualOrder(by))
  }
  return (
    <div ref={box} role="presentation" className={classes(css.table, isSized && css.own)} onKeyDown={onKeyDown}>
      <div className={css.wide} style={isSized ? { minInlineSize: widthOf(shown) + 112 } : undefined}>
        <div className={classes(css.line, css.headings)}>
          <PageBox ids={rows.map(({ id }) => id)} chosen={chosen} className={css.box ?? ''} />
          {shown.map((column) => (
            <ColumnHeading
              key={column.key}
              column={column}
              name={nameOf(column.key)}
              className={classes(css.cell, classOf(column.key))}
              style={{ flex: flexOf(column) }}
              sorted={sortedBy(column.key)}
              onSort={() => sortBy(column.key)}
              onWidth={(width, isSettled) => resize({ key: column.key, width }, isSettled)}
            />
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
              columns={shown}
              isChosen={chosen.has(row.id)}
              onOpen={onOpen}
              onChoose={chosen.toggle}
              onFocus={setStop}
              isFixed={chosen.kind === 'everyone'}
              isAsked={row.id === asked?.row.id}
              onAsk={(at) => setAsked({ row, at })}
            />
          )}
        />
      </div>
      {asked !== null && (
        <LazyDialog onClose={endAsking}>
          <RowMenu key={asked.row.id} {...asked} onOpen={onOpen} onClose={endAsking} />
        </LazyDialog>
      )}
    </div>
  )
}

function ContactLine(props: {
  row: Row
  isOpen: boolean
  isTabStop: boolean
  columns: readonly Column[]
  isChosen: boolean
  /** Everyone is chosen: nobody can be left out. */
  isFixed: boolean
  onOpen: (id: number) => void
  onChoose: (id: number) => void
  onFocus: (id: number) => void
  /** Its menu is open. */
  isAsked: boolean
  /** What can be done with it is asked for, at a place in the window. */
  onAsk: (at: Spot) => void
}) {
  const { t } = useLingui()
  const { row, isOpen, isTabStop, isChosen, onOpen } = props
  const name = row.displayName ?? t`Nameless contact`
  return (
    <div
      className={css.row}
      data-current={isOpen || undefined}
      data-chosen={isChosen || undefined}
      data-asked={props.isAsked || undefined}
      onContextMenu={(event) => {
        event.preventDefault()
        // the key for menus has been heard already, and has no place of its own
        if (event.button === 2) props.onAsk({ x: event.clientX, y: event.clientY })
      }}
    >
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
        {props.columns.map((column) => (
          <span key={column.key} className={classes(css.cell, classOf(column.key))} style={{ flex: flexOf(column) }}>
            <Cell of={column.key} row={row} />
          </span>
        ))}
      </button>
      <IconButton
        icon={Ellipsis}
        size="sm"
        label={t`Actions for ${name}`}
        tooltip="none"
        aria-haspopup="menu"
        aria-expanded={props.isAsked}
        excludeFromTabOrder={!isTabStop}
        className={css.more}
        onPress={({ target }) => {
          const { left, bottom } = target.getBoundingClientRect()
          props.onAsk({ x: left, y: bottom })
        }}
      />
    </div>
  )
}

const turned = (order: 'asc' | 'desc') => (order === 'asc' ? 'desc' : 'asc')

/** Its place in the style sheet, which says how it looks and when it gives way. */
const classOf = (key: ColumnKey) => (key.startsWith('#') ? css.custom : css[key])

/** What stands of a contact in a column. */
function Cell({ of, row }: { of: ColumnKey; row: Row }) {
  const { t, i18n } = useLingui()
  const { country, language, date } = useFormats()
  const customField = useCustomField()
  const words = useValueWords()
  const states = { open: t`Open`, snoozed: t`Snoozed`, closed: t`Closed` }
  const more = row.channelKinds.length - mostGlyphs
  switch (of) {
    case 'name':
      return (
        <>
          <Avatar id={row.id} name={row.displayName} picture={row.pictureUrl} size={28} />
          <bdi className="trunc">{row.displayName ?? t`Nameless contact`}</bdi>
        </>
      )
    case 'channels':
      return (
        <>
          {row.channelKinds.slice(0, mostGlyphs).map((kind) => (
            <ChannelGlyph key={kind} kind={kind} size={18} label={channelName(kind, i18n)} />
          ))}
          {more > 0 && <span className="num">+{more}</span>}
        </>
      )
    case 'phone':
      return row.phone !== null && <FormattedPhone phone={row.phone} formatted={row.phoneFormatted} />
    case 'email':
      return <bdi className="trunc">{row.email}</bdi>
    case 'tags':
      return <FirstTag tags={row.tags} />
    case 'lifecycle':
      return row.lifecycle !== null && <StageMark stage={row.lifecycle} />
    case 'country':
      return (
        row.country !== null && (
          <>
            <Flag country={row.country} /> <span className="trunc">{country(row.country)}</span>
          </>
        )
      )
    case 'language':
      return row.language !== null && <span className="trunc">{language(row.language)}</span>
    case 'status':
      return row.status !== null && <StatusDot tone={tones[row.status]}>{states[row.status]}</StatusDot>
    case 'assignee':
      return (
        row.assignee !== null && (
          <>
            <Avatar id={row.assignee.memberId} name={row.assignee.name} size={22} />
            <span className="trunc">{row.assignee.name}</span>
          </>
        )
      )
    case 'lastMessage':
      return row.lastMessageAt !== null && <RelativeTime at={row.lastMessageAt} />
    case 'added':
      return <span className="num">{date(row.createdAt)}</span>
    default: {
      const type = customField(of)?.type
      const value = row.fields[of.slice(1)]
      return type !== undefined && value !== undefined && <bdi className="trunc">{words(type, value)}</bdi>
    }
  }
}

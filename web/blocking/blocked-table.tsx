import { Plural, useLingui } from '@lingui/react/macro'
import { Ellipsis, IdCard, RotateCcw } from 'lucide-react'
import { useRef, useState, type KeyboardEvent } from 'react'
import type { BlockedContact } from '#contract/blocking.ts'
import { channelName } from '../contacts/shared.ts'
import { useFormats } from '../i18n/formats.ts'
import { Avatar } from '../ui/avatar.tsx'
import { ChannelGlyph } from '../ui/channel-glyph.tsx'
import { classes } from '../ui/classes.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import { Pill } from '../ui/pill.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { VirtualList, type VirtualListHandle } from '../ui/virtual-list.tsx'
import css from './blocked-table.module.css'
import { useUnblocking } from './use-unblocking.tsx'

const mostGlyphs = 3

/** The rows under their headings. Arrows, J and K move, Enter opens; columns give way as the room does. */
export function BlockedTable(props: {
  rows: readonly BlockedContact[]
  openId: number | null
  onOpen: (id: number) => void
  onEnd: (() => void) | undefined
  isFetchingMore: boolean
}) {
  const { t } = useLingui()
  const { rows, openId, onOpen } = props
  const handle = useRef<VirtualListHandle>(null)
  const box = useRef<HTMLDivElement>(null)
  const [stop, setStop] = useState<number | null>(null)
  const unblocking = useUnblocking()
  const idOf = ({ contact }: BlockedContact) => contact.id
  const tabStop = rows.map(idOf).find((id) => id === (stop ?? openId)) ?? rows[0]?.contact.id

  const focus = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))]
    if (row === undefined) return
    setStop(row.contact.id)
    handle.current?.show(rows.indexOf(row))
    const find = () => box.current?.querySelector<HTMLElement>(`[data-contact="${row.contact.id}"]`)?.focus()
    requestAnimationFrame(() => requestAnimationFrame(find))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return
    const at = rows.findIndex(({ contact }) => contact.id === tabStop)
    const by = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key]
    if (by !== undefined) focus(at + by)
    else if (event.key === 'Home') focus(0)
    else if (event.key === 'End') focus(rows.length - 1)
    else return
    event.preventDefault()
  }
  const columns = [
    { name: t({ message: 'Name', context: 'of a contact' }), column: css.name },
    { name: t`Channels`, column: css.channels },
    { name: t`Phone or email`, column: css.reach },
    { name: t({ message: 'Reason', context: 'reason to block' }), column: css.reason },
    { name: t`Blocked by`, column: css.by },
    { name: t`Date`, column: css.date },
    { name: t`Held messages`, column: css.held },
  ]
  return (
    <div ref={box} role="presentation" className={css.table} onKeyDown={onKeyDown}>
      <div className={classes(css.line, css.headings)} aria-hidden="true">
        {columns.map(({ name, column }) => (
          <span key={name} className={classes(css.cell, column)}>
            {name}
          </span>
        ))}
        <span className={css.more} />
      </div>
      <VirtualList
        ref={handle}
        label={t`Blocked contacts`}
        items={rows}
        keyOf={idOf}
        rowHeight={44}
        padding={{ start: 0, end: 24 }}
        onEnd={props.onEnd}
        foot={props.isFetchingMore && <Spinner />}
        renderRow={(row) => (
          <BlockedLine
            row={row}
            isOpen={row.contact.id === openId}
            isTabStop={row.contact.id === tabStop}
            onOpen={onOpen}
            onUnblock={() => unblocking.start(row.contact, row.block)}
          />
        )}
      />
      {unblocking.dialog}
    </div>
  )
}

function BlockedLine(props: {
  row: BlockedContact
  isOpen: boolean
  isTabStop: boolean
  onOpen: (id: number) => void
  onUnblock: () => void
}) {
  const { t, i18n } = useLingui()
  const { dateTime, number } = useFormats()
  const { row, isOpen, isTabStop, onOpen, onUnblock } = props
  const { contact, block } = row
  const name = contact.displayName ?? t`Nameless contact`
  const more = contact.channelKinds.length - mostGlyphs
  return (
    <div className={classes(css.row, isOpen && css.open)}>
      <button
        type="button"
        data-contact={contact.id}
        className={css.line}
        aria-current={isOpen || undefined}
        tabIndex={isTabStop ? 0 : -1}
        onClick={() => onOpen(contact.id)}
      >
        <span className={classes(css.cell, css.name)}>
          <Avatar id={contact.id} name={contact.displayName} picture={contact.pictureUrl} size={28} />
          <bdi className="trunc">{name}</bdi>
        </span>
        <span className={classes(css.cell, css.channels)}>
          {contact.channelKinds.slice(0, mostGlyphs).map((kind) => (
            <ChannelGlyph key={kind} kind={kind} size={18} label={channelName(kind, i18n)} />
          ))}
          {more > 0 && <span className="num">+{more}</span>}
        </span>
        <span className={classes(css.cell, css.reach, 'num')}>
          <bdi className="trunc">{contact.phone ?? contact.email ?? '—'}</bdi>
        </span>
        <span className={classes(css.cell, css.reason)}>
          {block.reason !== null && (
            <Pill>
              <bdi className="trunc">{block.reason}</bdi>
            </Pill>
          )}
        </span>
        <span className={classes(css.cell, css.by)}>
          <span className="trunc">{block.by ?? t`Somebody`}</span>
        </span>
        <span className={classes(css.cell, css.date, 'num')}>{dateTime(block.at)}</span>
        <span className={classes(css.cell, css.held, 'num')}>
          <span aria-hidden="true">{number(block.held)}</span>
          <span className="visually-hidden">
            <Plural value={block.held} one="# message held" other="# messages held" />
          </span>
        </span>
      </button>
      <span className={css.more}>
        <Menu
          label={t`Actions for ${name}`}
          trigger={<IconButton icon={Ellipsis} size="sm" label={t`Actions for ${name}`} tooltip="none" />}
        >
          <MenuItem icon={IdCard} keys="enter" onAction={() => onOpen(contact.id)}>{t`See details`}</MenuItem>
          <MenuItem icon={RotateCcw} note={t`What they send arrives again`} onAction={onUnblock}>
            {t`Unblock contact`}
          </MenuItem>
        </Menu>
      </span>
    </div>
  )
}

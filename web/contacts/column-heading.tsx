import { useLingui } from '@lingui/react/macro'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useRef, type CSSProperties, type KeyboardEvent, type PointerEvent } from 'react'
import type { Column } from '#contract/contacts.ts'
import { classes } from '../ui/classes.ts'
import { Icon } from '../ui/icon.tsx'
import css from './contacts-table.module.css'

const [least, most, step] = [48, 800, 16]
const fit = (width: number) => Math.round(Math.max(least, Math.min(most, width)))

/** The head of a column: sorts by it, and makes it wider or narrower by its edge, or by Shift and an arrow. */
export function ColumnHeading(props: {
  column: Column
  name: string
  className: string
  style: CSSProperties
  /** How the table is sorted by it now; null where by another, undefined where it cannot be. */
  sorted: 'asc' | 'desc' | null | undefined
  onSort: () => void
  /** While it is being drawn, and once it is settled. */
  onWidth: (width: number, isSettled: boolean) => void
}) {
  const { t } = useLingui()
  const { name, sorted, onWidth } = props
  const cell = useRef<HTMLSpanElement>(null)
  const grip = useRef<{ x: number; width: number; sign: number } | null>(null)
  const widthNow = () => cell.current?.getBoundingClientRect().width ?? least
  const signOf = () => (cell.current !== null && getComputedStyle(cell.current).direction === 'rtl' ? -1 : 1)
  const drawn = (event: PointerEvent) => {
    const from = grip.current
    return from === null ? null : fit(from.width + (event.clientX - from.x) * from.sign)
  }
  const settle = (event: PointerEvent) => {
    const width = drawn(event)
    grip.current = null
    if (width !== null) onWidth(width, true)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -step, ArrowRight: step }[event.key]
    if (by === undefined || !event.shiftKey) return
    event.preventDefault()
    event.stopPropagation()
    onWidth(fit(widthNow() + by * signOf()), true)
  }
  const words = sorted === 'asc' ? t`sorted, lowest first` : sorted === 'desc' ? t`sorted, highest first` : null
  return (
    <span ref={cell} className={props.className} style={props.style}>
      {sorted === undefined ? (
        <span className="trunc">{name}</span>
      ) : (
        <button
          type="button"
          className={classes(css.sorter, sorted !== null && css.sorted)}
          {...(words === null ? {} : { 'aria-label': `${name}, ${words}` })}
          title={t`Sort by ${name}`}
          aria-keyshortcuts="Shift+ArrowLeft Shift+ArrowRight"
          onClick={props.onSort}
          onKeyDown={onKeyDown}
        >
          <span className="trunc">{name}</span>
          {sorted !== null && <Icon of={sorted === 'asc' ? ArrowUp : ArrowDown} size={14} />}
        </button>
      )}
      <span
        className={css.edge}
        aria-hidden="true"
        onPointerDown={(event) => {
          event.preventDefault()
          event.currentTarget.setPointerCapture(event.pointerId)
          grip.current = { x: event.clientX, width: widthNow(), sign: signOf() }
        }}
        onPointerMove={(event) => {
          const width = drawn(event)
          if (width !== null) onWidth(width, false)
        }}
        onPointerUp={settle}
        onPointerCancel={settle}
      />
    </span>
  )
}

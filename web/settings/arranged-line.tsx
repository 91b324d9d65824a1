import { useLingui } from '@lingui/react/macro'
import { ArrowDown, ArrowDownToLine, ArrowUp, ArrowUpToLine, MoreHorizontal } from 'lucide-react'
import type { HTMLAttributes, ReactNode } from 'react'
import { classes } from '../ui/classes.ts'
import { DragHandle } from '../ui/drag-handle.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import css from './arranging.module.css'

export type Step = 'up' | 'down' | 'first' | 'last'

/** A row at its place in a list that is arranged: moved by its handle or its menu. */
export function ArrangedLine(props: {
  id: string
  name: string
  /** In the list as it is shown. */
  order: number
  count: number
  isLifted: boolean
  isQuiet?: boolean
  /** Undefined where the list is not whole: a place among some says nothing. */
  handle: HTMLAttributes<HTMLButtonElement> | undefined
  /** Why it cannot be moved. */
  reason: string | undefined
  onStep: (step: Step) => void
  /** What else there is to do with it. */
  acts?: ReactNode
  children: ReactNode
}) {
  const { t } = useLingui()
  const { name, order, count, handle, reason, onStep } = props
  const atTop = order === 0 ? t`It is the first.` : undefined
  const atEnd = order === count - 1 ? t`It is the last.` : undefined
  return (
    <li
      data-key={props.id}
      style={{ order }}
      className={classes(css.slot, order === 0 && css.first, props.isLifted && css.lifted)}
    >
      <div className={classes(css.line, props.isQuiet && css.hidden)}>
        {handle !== undefined && (
          <DragHandle aria-label={t`Move ${name}`} aria-describedby="arrange-keys" {...handle} />
        )}
        {props.children}
        <Menu
          label={t`Actions for ${name}`}
          trigger={<IconButton icon={MoreHorizontal} label={t`Actions for ${name}`} tooltip="none" />}
        >
          <MenuItem id="up" icon={ArrowUp} onAction={() => onStep('up')} disabledReason={reason ?? atTop}>
            {t`Move up`}
          </MenuItem>
          <MenuItem id="down" icon={ArrowDown} onAction={() => onStep('down')} disabledReason={reason ?? atEnd}>
            {t`Move down`}
          </MenuItem>
          <MenuItem id="first" icon={ArrowUpToLine} onAction={() => onStep('first')} disabledReason={reason ?? atTop}>
            {t`Move to the top`}
          </MenuItem>
          <MenuItem id="last" icon={ArrowDownToLine} onAction={() => onStep('last')} disabledReason={reason ?? atEnd}>
            {t`Move to the end`}
          </MenuItem>
          {props.acts}
        </Menu>
      </div>
    </li>
  )
}

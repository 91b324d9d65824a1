import type { RefObject } from 'react'
import { Menu, Popover, type MenuProps } from 'react-aria-components'
import css from './list-box.module.css'

/** A menu beside `anchor`, without a trigger of its own: where a contact was pressed with the other button. */
export function MenuAt<T extends object>(
  props: Omit<MenuProps<T>, 'className' | 'style'> & {
    label: string
    anchor: RefObject<Element | null>
    isOpen: boolean
    onDismiss: () => void
  },
) {
  const { label, anchor, isOpen, onDismiss, ...rest } = props
  return (
    <Popover
      aria-label={label}
      className={css.popover ?? ''}
      triggerRef={anchor}
      placement="bottom start"
      offset={2}
      isOpen={isOpen}
      onOpenChange={onDismiss}
    >
      <Menu {...rest} autoFocus="first" aria-label={label} className={css.list ?? ''} />
    </Popover>
  )
}

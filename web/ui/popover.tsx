import type { ReactNode } from 'react'
import { Dialog, Popover as AriaPopover, type PopoverProps as AriaPopoverProps } from 'react-aria-components'
import { classes } from './classes.ts'
import css from './list-box.module.css'

export interface PopoverProps extends Omit<AriaPopoverProps, 'className' | 'children' | 'style'> {
  /** Names the popover for screen readers. */
  label?: string
  className?: string
  children: ReactNode
}

/**
 * A floating panel anchored to a trigger. Inside `<DialogTrigger>` it sits beside the trigger; elsewhere give
 * `triggerRef` and `isOpen`. Esc and a click outside close it; focus returns.
 */
export function Popover({ label, className, children, ...rest }: PopoverProps) {
  return (
    <AriaPopover offset={6} {...rest} className={classes(css.popover, className)}>
      <Dialog {...(label ? { 'aria-label': label } : {})} style={{ outline: 'none' }}>
        {children}
      </Dialog>
    </AriaPopover>
  )
}

export { DialogTrigger as PopoverTrigger } from 'react-aria-components'

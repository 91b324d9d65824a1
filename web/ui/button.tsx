import type { ReactNode, Ref } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components'
import css from './button.module.css'
import { classes } from './classes.ts'
import { Icon, type LucideIcon } from './icon.tsx'
import { Spinner } from './spinner.tsx'
import { Tooltip } from './tooltip.tsx'

export type ButtonLook = 'primary' | 'secondary' | 'soft' | 'ghost' | 'danger' | 'dangerGhost'
export type ButtonSize = 'sm' | 'md' | 'lg'

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'children' | 'isDisabled' | 'style'> {
  look?: ButtonLook
  size?: ButtonSize
  icon?: LucideIcon
  /** Fills its container, as in bottom sheets. */
  wide?: boolean
  /** Says why it cannot be pressed now. The button stays focusable, and shows the reason as a tooltip. */
  disabledReason?: string | undefined
  className?: string | undefined
  children: ReactNode
  ref?: Ref<HTMLButtonElement>
}

/** The classes of a button, for what must look like one: a router link, a file input's label. */
export function buttonClass(look: ButtonLook = 'secondary', size: ButtonSize = 'md', wide = false): string {
  return classes(css.button, css[look], size !== 'md' && css[size], wide && css.wide)
}

/** A button with words. `isPending` keeps the place and the focus, and shows a spinner when it takes long. */
export function Button({
  look = 'secondary',
  size = 'md',
  icon,
  wide,
  disabledReason,
  className,
  children,
  ...rest
}: ButtonProps) {
  const shared = { ...rest, className: classes(buttonClass(look, size, wide), className) }
  const inside = (
    <>
      {icon && <Icon of={icon} />}
      <span className={css.words}>{children}</span>
      {rest.isPending && (
        <span className={css.waiting}>
          <Spinner />
        </span>
      )}
    </>
  )
  if (!disabledReason) return <AriaButton {...shared}>{inside}</AriaButton>
  return (
    <Tooltip text={disabledReason}>
      <AriaButton
        {...shared}
        type="button"
        onPress={() => {}}
        render={(props) => <button {...props} type="button" aria-disabled="true" />}
      >
        {inside}
      </AriaButton>
    </Tooltip>
  )
}

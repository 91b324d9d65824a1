import type { ReactNode, Ref } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components'
import { classes } from './classes.ts'
import css from './icon-button.module.css'
import { Icon, type LucideIcon } from './icon.tsx'
import { Tooltip, type TooltipPlacement } from './tooltip.tsx'

export interface IconButtonProps extends Omit<AriaButtonProps, 'className' | 'children' | 'isDisabled' | 'style'> {
  icon: LucideIcon
  /** What it does; the accessible name and the tooltip. */
  label: string
  /** Keys shown in the tooltip, as `<Kbd>` writes them: `mod+k`. */
  keys?: string
  size?: 'sm' | 'md'
  look?: 'plain' | 'accent' | 'danger'
  /** Mirrors the icon where text runs from the right. */
  flip?: boolean
  /** A toggle: says whether it is on. */
  isOn?: boolean
  disabledReason?: string | undefined
  tooltip?: TooltipPlacement | 'none'
  className?: string | undefined
  /** A badge laid over the icon. */
  children?: ReactNode
  ref?: Ref<HTMLButtonElement>
}

/** A square button with an icon alone; its name appears on hover and on focus. */
export function IconButton({
  icon,
  label,
  keys,
  size = 'md',
  look = 'plain',
  flip = false,
  isOn,
  disabledReason,
  tooltip = 'top',
  className,
  children,
  ...rest
}: IconButtonProps) {
  const off = disabledReason !== undefined
  const button = (
    <AriaButton
      {...rest}
      {...(off ? { onPress: () => {} } : {})}
      aria-label={label}
      className={classes(css.button, size === 'sm' && css.sm, look !== 'plain' && css[look], className)}
      render={(props) => (
        <button
          {...props}
          {...(off && { 'aria-disabled': true })}
          {...(isOn !== undefined && { 'aria-pressed': isOn })}
        />
      )}
    >
      <Icon of={icon} size={size === 'sm' ? 14 : 16} flip={flip} />
      {children}
    </AriaButton>
  )
  if (tooltip === 'none') return button
  return (
    <Tooltip text={disabledReason ?? label} keys={keys} placement={tooltip}>
      {button}
    </Tooltip>
  )
}

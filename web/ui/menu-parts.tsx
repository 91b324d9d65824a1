import { useRef, type ReactNode, type RefObject } from 'react'
import type { AriaMenuOptions } from 'react-aria/useMenu'
import {
  Header,
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuSection as AriaMenuSection,
  MenuContext,
  OverlayTriggerStateContext,
  Popover,
  PopoverContext,
  Provider,
  RootMenuTriggerStateContext,
  Separator,
  type MenuItemProps as AriaMenuItemProps,
  type MenuProps as AriaMenuProps,
  type MenuSectionProps as AriaMenuSectionProps,
  type PopoverProps,
} from 'react-aria-components'
import type { RootMenuTriggerState } from 'react-stately/useMenuTriggerState'
import { Check } from 'lucide-react'
import { classes } from './classes.ts'
import { Icon, type LucideIcon } from './icon.tsx'
import { Kbd } from './kbd.tsx'
import css from './list-box.module.css'

export interface MenuListProps<T extends object> extends Omit<AriaMenuProps<T>, 'className' | 'style'> {
  label: string
  placement?: PopoverProps['placement']
  state: RootMenuTriggerState
  triggerRef: RefObject<HTMLElement | null>
  /** Of the trigger for its menu. */
  menuProps: AriaMenuOptions<T>
}

/** What drops from a menu's trigger. */
export function MenuList<T extends object>(props: MenuListProps<T>) {
  const { label, placement = 'bottom end', state, triggerRef, menuProps, ...rest } = props
  const scrollRef = useRef<HTMLDivElement>(null)
  const popover = {
    trigger: 'MenuTrigger',
    triggerRef,
    scrollRef,
    'aria-labelledby': menuProps['aria-labelledby'] ?? '',
  }
  return (
    <Provider
      values={[
        [MenuContext, { ...menuProps, ref: scrollRef }],
        [OverlayTriggerStateContext, state],
        [RootMenuTriggerStateContext, state],
        [PopoverContext, popover],
      ]}
    >
      <Popover className={css.popover ?? ''} placement={placement} offset={6}>
        <AriaMenu {...rest} aria-label={label} className={css.list ?? ''} />
      </Popover>
    </Provider>
  )
}

export interface MenuItemProps extends Omit<AriaMenuItemProps, 'className' | 'children' | 'style' | 'isDisabled'> {
  icon?: LucideIcon
  /** Anything in place of an icon: an avatar, a flag. */
  before?: ReactNode
  keys?: string
  /** A second, quiet line. */
  note?: ReactNode
  danger?: boolean
  /** Says why it cannot be chosen now; it stays reachable, so that the reason is read. */
  disabledReason?: string | undefined
  children: ReactNode
}

/** One action. In a selectable section it shows a check when chosen. */
export function MenuItem({ icon, before, keys, note, danger, disabledReason, children, ...rest }: MenuItemProps) {
  const words = typeof children === 'string' ? { textValue: children } : {}
  const refused = disabledReason
    ? {
        onAction: () => {},
        shouldCloseOnSelect: false,
        render: (props: object) => <div {...props} aria-disabled="true" />,
      }
    : {}
  return (
    <AriaMenuItem {...words} {...rest} {...refused} className={classes(css.item, danger && css.danger)}>
      {({ selectionMode }) => (
        <>
          {icon && <Icon of={icon} />}
          {before}
          <span className={css.words}>
            {children}
            {(disabledReason ?? note) && <small className={css.note}>{disabledReason ?? note}</small>}
          </span>
          {keys && <Kbd keys={keys} />}
          {selectionMode !== 'none' && <Icon of={Check} className={css.check} />}
        </>
      )}
    </AriaMenuItem>
  )
}

export interface MenuSectionProps<T extends object> extends AriaMenuSectionProps<T> {
  title?: string
  children: ReactNode
}

/** A titled group of items. */
export function MenuSection<T extends object>({ title, children, ...rest }: MenuSectionProps<T>) {
  return (
    <AriaMenuSection {...rest} {...(title ? {} : { 'aria-label': rest['aria-label'] ?? '' })}>
      {title && <Header className={css.heading ?? ''}>{title}</Header>}
      {children}
    </AriaMenuSection>
  )
}

/** A line between groups. */
export function MenuSeparator() {
  return <Separator className={css.separator ?? ''} />
}

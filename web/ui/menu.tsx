import { useEffect, useRef, useState, type ReactElement, type ReactNode } from 'react'
import { useMenuTrigger } from 'react-aria/useMenu'
import { PressResponder } from 'react-aria/private/interactions/PressResponder'
import { useMenuTriggerState } from 'react-stately/useMenuTriggerState'
import { later, useLater } from './later.ts'
import { Coming } from './lazy-dialog.tsx'
import type { MenuItemProps, MenuListProps, MenuSectionProps } from './menu-parts.tsx'

export type { MenuItemProps } from './menu-parts.tsx'

/** Lists, their selection and their focus weigh more than the view they drop from: they come when a menu is about to open. */
const parts = later(() => import('./menu-parts.tsx'))

/** A menu that drops from its trigger: the first child is the button, the rest are items. */
export function Menu<T extends object>(
  props: Omit<MenuListProps<T>, 'state' | 'triggerRef' | 'menuProps'> & {
    trigger: ReactElement
    isOpen?: boolean
    onOpenChange?: (isOpen: boolean) => void
  },
) {
  const { trigger, isOpen, onOpenChange, ...list } = props
  const state = useMenuTriggerState({
    ...(isOpen === undefined ? {} : { isOpen }),
    ...(onOpenChange ? { onOpenChange } : {}),
  })
  const triggerRef = useRef<HTMLButtonElement>(null)
  const { menuTriggerProps, menuProps } = useMenuTrigger<T>({ type: 'menu' }, state, triggerRef)
  useEffect(() => {
    const button = triggerRef.current
    for (const sign of signs) button?.addEventListener(sign, parts.load, { once: true })
    return () => {
      for (const sign of signs) button?.removeEventListener(sign, parts.load)
    }
  }, [])
  // once opened it stays, so that it can go as it came
  const [isWanted, setWanted] = useState(false)
  if (state.isOpen && !isWanted) setWanted(true)
  return (
    <>
      <PressResponder {...menuTriggerProps} ref={triggerRef} isPressed={state.isOpen}>
        {trigger}
      </PressResponder>
      {isWanted && <List {...list} state={state} triggerRef={triggerRef} menuProps={menuProps} />}
    </>
  )
}

/** Of a menu that will be opened in a moment. */
const signs = ['pointerenter', 'focus'] as const

function List<T extends object>(props: MenuListProps<T>) {
  const loaded = useLater(parts)
  if (loaded) return <loaded.MenuList {...props} />
  return props.state.isOpen && <Coming onLeave={props.state.close} />
}

/** One action. In a selectable section it shows a check when chosen. */
export function MenuItem(props: MenuItemProps) {
  const loaded = useLater(parts)
  return loaded && <loaded.MenuItem {...props} />
}

/** A titled group of items. */
export function MenuSection<T extends object>(props: MenuSectionProps<T> & { children: ReactNode }) {
  const loaded = useLater(parts)
  return loaded && <loaded.MenuSection {...props} />
}

/** A line between groups. */
export function MenuSeparator() {
  const loaded = useLater(parts)
  return loaded && <loaded.MenuSeparator />
}

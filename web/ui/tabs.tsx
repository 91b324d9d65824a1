import type { ReactNode } from 'react'
import { Tab, TabList, TabPanel, Tabs as AriaTabs, type Key } from 'react-aria-components'
import { classes } from './classes.ts'
import { Icon, type LucideIcon } from './icon.tsx'
import { Count } from './pill.tsx'
import css from './tabs.module.css'

export interface TabSpec<K extends string> {
  id: K
  name: string
  icon?: LucideIcon
  /** A number on the tab, and what it counts. */
  badge?: { count: number; label: string } | undefined
  keys?: string
  content: ReactNode
}

/**
 * Tabs and their panels. Vertical tabs are a bar of icons at the inline end, as in the record; horizontal ones show their
 * names. Arrows move, and selection follows the focus.
 */
export function Tabs<K extends string>(props: {
  label: string
  tabs: TabSpec<K>[]
  selected: K
  onSelect: (id: K) => void
  orientation?: 'horizontal' | 'vertical'
  className?: string
}) {
  const { tabs, orientation = 'horizontal' } = props
  const isVertical = orientation === 'vertical'
  return (
    <AriaTabs
      orientation={orientation}
      selectedKey={props.selected}
      onSelectionChange={(key: Key) => props.onSelect(key as K)}
      className={classes(css.tabs, props.className)}
    >
      <TabList aria-label={props.label} className={css.list ?? ''}>
        {tabs.map((tab) => (
          <Tab key={tab.id} id={tab.id} className={classes(css.tab, css.fill)}>
            {tab.icon && <Icon of={tab.icon} size={isVertical ? 18 : 16} />}
            <span className={css.name}>{tab.name}</span>
            {tab.badge && tab.badge.count > 0 && (
              <Count of={tab.badge.count} label={tab.badge.label} tone="ok" className={css.badge} />
            )}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className={css.panel ?? ''}>
          {tab.content}
        </TabPanel>
      ))}
    </AriaTabs>
  )
}

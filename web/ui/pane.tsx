import { useRef, type KeyboardEventHandler, type ReactNode } from 'react'
import { useLandmark, type AriaLandmarkRole } from 'react-aria/useLandmark'
import { classes } from './classes.ts'
import css from './pane.module.css'

const elements = { region: 'section', complementary: 'aside', navigation: 'nav', main: 'main' } as const

/** A part of the sheet with its own scroll, split from the next by a line. A landmark: F6 moves between panes. */
export function Pane(props: {
  label: string
  role?: Extract<AriaLandmarkRole, keyof typeof elements>
  className?: string | undefined
  isBusy?: boolean
  id?: string
  onKeyDownCapture?: KeyboardEventHandler
  children: ReactNode
}) {
  const role = props.role ?? 'region'
  const ref = useRef<HTMLElement>(null)
  const { landmarkProps } = useLandmark({ role, 'aria-label': props.label }, ref)
  const Element = elements[role] as 'section'
  return (
    <Element
      {...landmarkProps}
      {...(props.id ? { id: props.id } : {})}
      {...(props.onKeyDownCapture ? { onKeyDownCapture: props.onKeyDownCapture } : {})}
      ref={ref}
      className={classes(css.pane, props.className)}
      aria-busy={props.isBusy || undefined}
    >
      {props.children}
    </Element>
  )
}

/** The fixed top of a pane: its title and tools. */
export function PaneHead(props: { children: ReactNode; className?: string }) {
  return <header className={classes(css.head, props.className)}>{props.children}</header>
}

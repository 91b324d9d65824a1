import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import css from './pill.module.css'

/** A word on a soft ground: a state, a role. */
export function Pill(props: { tone?: 'plain' | 'ok' | 'warn' | 'danger' | 'info'; children: ReactNode }) {
  const tone = props.tone ?? 'plain'
  return <span className={classes(css.pill, tone !== 'plain' && css[tone])}>{props.children}</span>
}

/** A coloured dot and its word, always together; `hollow` is for what is over. */
export function StatusDot(props: { tone: 'ok' | 'warn' | 'danger' | 'info' | 'hollow'; children: ReactNode }) {
  return <span className={classes(css.status, css[`dot-${props.tone}`])}>{props.children}</span>
}

/** A small number in a badge. `label` is read before it ("unread"). Above 99 it says 99+. */
export function Count(props: {
  of: number
  label?: string
  tone?: 'accent' | 'ok' | 'quiet'
  className?: string | undefined
}) {
  const tone = props.tone ?? 'accent'
  return (
    <span className={classes(css.count, tone !== 'accent' && css[`count-${tone}`], props.className)}>
      {props.label && <span className="visually-hidden">{props.label} </span>}
      {props.of > 99 ? '99+' : props.of}
    </span>
  )
}

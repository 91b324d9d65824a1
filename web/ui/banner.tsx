import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import css from './banner.module.css'
import { classes } from './classes.ts'
import { Icon, type LucideIcon } from './icon.tsx'

const icons = { plain: Info, ok: CircleCheck, warn: TriangleAlert, danger: CircleAlert }

/** A quiet line inside a pane that says a state. `danger` is read out at once, the others when convenient. */
export function Banner(props: {
  tone?: 'plain' | 'ok' | 'warn' | 'danger'
  icon?: LucideIcon
  action?: ReactNode
  /** Announces itself when it appears. */
  live?: boolean
  className?: string
  children: ReactNode
}) {
  const tone = props.tone ?? 'plain'
  const role = props.live ? { role: tone === 'danger' ? 'alert' : 'status' } : {}
  return (
    <div className={classes(css.banner, tone !== 'plain' && css[tone], props.className)} {...role}>
      <Icon of={props.icon ?? icons[tone]} />
      <div className={css.words}>{props.children}</div>
      {props.action && <div className={css.action}>{props.action}</div>}
    </div>
  )
}

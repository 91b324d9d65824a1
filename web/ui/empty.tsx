import type { ReactNode } from 'react'
import css from './empty.module.css'
import { Icon, type LucideIcon } from './icon.tsx'

/** What stands where nothing is: one sentence on why, one action. Also for errors and missing rights. */
export function Empty(props: {
  icon: LucideIcon
  title: ReactNode
  children?: ReactNode
  action?: ReactNode
  /** A short reference id of an error. */
  reference?: string | undefined
  /** The heading level that fits the page; a plain paragraph when left out. */
  level?: 1 | 2 | 3
}) {
  const Title = props.level ? (`h${props.level}` as const) : 'p'
  return (
    <div className={css.empty}>
      <span className={css.art}>
        <Icon of={props.icon} size={20} />
      </span>
      <Title className={css.title}>{props.title}</Title>
      {props.children && <p className={css.words}>{props.children}</p>}
      {props.action && <div className={css.action}>{props.action}</div>}
      {props.reference && <p className={css.reference}>Ref. {props.reference}</p>}
    </div>
  )
}

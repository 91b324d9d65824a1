import { useId, type ReactNode } from 'react'
import css from './card.module.css'
import { classes } from './classes.ts'

/** A part of a page with a line around it and its own title; `note` or a control (`end`) stands at the other end of that. */
export function Card(props: {
  title: ReactNode
  /** For what is named by the title too. */
  titleId?: string
  /** Another title is read out. */
  isLive?: boolean
  note?: ReactNode
  end?: ReactNode
  children: ReactNode
}) {
  const own = useId()
  const id = props.titleId ?? own
  return (
    <section className={css.card} aria-labelledby={id}>
      <header className={classes(css.head, props.end !== undefined && css.withEnd)}>
        <h2 id={id} className={css.title} aria-live={props.isLive ? 'polite' : undefined}>
          {props.title}
        </h2>
        {props.note !== undefined && <span className={css.note}>{props.note}</span>}
        {props.end}
      </header>
      {props.children}
    </section>
  )
}

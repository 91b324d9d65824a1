import type { ReactNode } from 'react'
import css from './dashboard-screen.module.css'

/** A part of the page with its own title; `note` stands at the other end of it. */
export function Card(props: { title: string; note?: ReactNode; children: ReactNode }) {
  return (
    <section className={css.card} aria-label={props.title}>
      <header className={css.cardHead}>
        <h2 className={css.cardTitle}>{props.title}</h2>
        {props.note !== undefined && <span className={css.note}>{props.note}</span>}
      </header>
      {props.children}
    </section>
  )
}

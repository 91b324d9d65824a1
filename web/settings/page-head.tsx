import type { ReactNode } from 'react'
import { useTitle } from '../app/use-title.ts'
import css from './settings.module.css'

/** The top of a page of settings: its name, what it is for, and its one main act. */
export function PageHead(props: { title: string; lead?: ReactNode; action?: ReactNode }) {
  useTitle(props.title)
  return (
    <header className={css.head}>
      <div>
        <h1>{props.title}</h1>
        {props.lead && <p className={css.lead}>{props.lead}</p>}
      </div>
      {props.action}
    </header>
  )
}

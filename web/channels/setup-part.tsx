import type { ReactNode } from 'react'
import { Banner } from '../ui/banner.tsx'
import css from './channels.module.css'

/** What to do at the other side: why and where, what stands against it, and rows to copy. */
export function SetupPart(props: { title: ReactNode; lead?: ReactNode; warning?: ReactNode; children?: ReactNode }) {
  return (
    <section className={css.section}>
      <h2>{props.title}</h2>
      {props.lead && <p className={css.lead}>{props.lead}</p>}
      {props.warning && (
        <Banner tone="warn" className={css.gap ?? ''}>
          {props.warning}
        </Banner>
      )}
      {props.children && <dl className={css.entries}>{props.children}</dl>}
    </section>
  )
}

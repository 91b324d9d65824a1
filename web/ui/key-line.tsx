import type { ReactNode } from 'react'
import css from './key-line.module.css'

/** A line that says how something is worked by keyboard; keys stand in `<kbd>`. `id` describes what they work on. */
export function KeyLine({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p id={id} className={css.keys}>
      {children}
    </p>
  )
}

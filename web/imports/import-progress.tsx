import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { useFormats } from '../i18n/formats.ts'
import css from './imports.module.css'

/** How many rows of a file are done; behind that whatever else is to be told. */
export function ImportProgress(props: { done: number; rows: number; label: string; children?: ReactNode }) {
  const { number } = useFormats()
  const [done, rows] = [number(props.done), number(props.rows)]
  return (
    <>
      <div
        className={css.progress}
        role="progressbar"
        aria-label={props.label}
        aria-valuenow={props.done}
        aria-valuemin={0}
        aria-valuemax={props.rows}
      >
        <span style={{ inlineSize: `${(100 * props.done) / props.rows}%` }} />
      </div>
      <p className={css.note}>
        <Trans>
          {done} of {rows} rows
        </Trans>
        {props.children}
      </p>
    </>
  )
}

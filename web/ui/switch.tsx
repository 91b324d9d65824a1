import type { ReactNode } from 'react'
import { SwitchButton, SwitchField, type SwitchFieldProps } from 'react-aria-components'
import { classes } from './classes.ts'
import css from './toggle.module.css'

export interface SwitchProps extends Omit<SwitchFieldProps, 'className' | 'children' | 'style'> {
  note?: ReactNode
  /** Words at the start and the switch at the end of the line, as settings have it. */
  spread?: boolean
  children?: ReactNode
  className?: string
}

/** On or off, in effect at once. */
export function Switch({ note, spread, children, className, ...rest }: SwitchProps) {
  return (
    <SwitchField {...rest} className={className ?? ''}>
      <SwitchButton className={classes(css.row, spread && css.spread, !children && css.bare)}>
        <span className={css.track} />
        {children && (
          <span className={css.words}>
            {children}
            {note && <small className={css.note}>{note}</small>}
          </span>
        )}
      </SwitchButton>
    </SwitchField>
  )
}

import { Check, Minus } from 'lucide-react'
import type { ReactNode } from 'react'
import { CheckboxButton, CheckboxField, type CheckboxFieldProps } from 'react-aria-components'
import { classes } from './classes.ts'
import { FieldFoot, type FieldParts } from './field.tsx'
import css from './toggle.module.css'

export interface CheckboxProps
  extends Omit<CheckboxFieldProps, 'className' | 'children' | 'style'>, Pick<FieldParts, 'hint' | 'error'> {
  /** A second, quiet line. */
  note?: ReactNode
  /** The words. Without them, give `aria-label`. */
  children?: ReactNode
  className?: string
}

/** A check box with its words. */
export function Checkbox({ note, hint, error, children, className, ...rest }: CheckboxProps) {
  return (
    <CheckboxField {...rest} isInvalid={Boolean(error)} validationBehavior="aria" className={className ?? ''}>
      <CheckboxButton className={classes(css.row, !children && css.bare)}>
        {({ isIndeterminate }) => (
          <>
            <span className={css.box}>{isIndeterminate ? <Minus /> : <Check />}</span>
            {children && (
              <span className={css.words}>
                {children}
                {note && <small className={css.note}>{note}</small>}
              </span>
            )}
          </>
        )}
      </CheckboxButton>
      <FieldFoot hint={hint} error={error} />
    </CheckboxField>
  )
}

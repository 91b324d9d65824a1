import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { FieldError, Label, Text } from 'react-aria-components'
import css from './field.module.css'
import { Icon } from './icon.tsx'

export interface FieldParts {
  /** The visible label. Without one, give `aria-label`. */
  label?: ReactNode
  /** A quiet line under the control. */
  hint?: ReactNode
  /** What is wrong and how to right it; shown in place of the hint. */
  error?: ReactNode
}

/** The label above a control; place inside a React Aria field. */
export function FieldLabel(props: { children: ReactNode }) {
  return props.children ? <Label className={css.label ?? ''}>{props.children}</Label> : null
}

/** Hint or error under a control, tied to it for screen readers; place inside a React Aria field. */
export function FieldFoot({ hint, error }: Pick<FieldParts, 'hint' | 'error'>) {
  return (
    <>
      {hint && !error && (
        <Text slot="description" className={css.hint ?? ''}>
          {hint}
        </Text>
      )}
      {error && (
        <FieldError className={css.error ?? ''}>
          <Icon of={CircleAlert} size={14} />
          <span>{error}</span>
        </FieldError>
      )}
    </>
  )
}

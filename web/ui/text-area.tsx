import type { Ref } from 'react'
import { TextArea as AriaTextArea, TextField, type TextFieldProps } from 'react-aria-components'
import { classes } from './classes.ts'
import css from './field.module.css'
import { FieldFoot, FieldLabel, type FieldParts } from './field.tsx'

export interface TextAreaProps extends Omit<TextFieldProps, 'className' | 'children' | 'style' | 'type'>, FieldParts {
  placeholder?: string
  rows?: number
  className?: string
  areaRef?: Ref<HTMLTextAreaElement>
}

/** Several lines of text; grows with what is typed where the browser can. */
export function TextArea({ label, hint, error, placeholder, rows = 3, className, areaRef, ...rest }: TextAreaProps) {
  return (
    <TextField
      {...rest}
      isInvalid={rest.isInvalid ?? Boolean(error)}
      validationBehavior="aria"
      className={classes(css.field, className)}
    >
      <FieldLabel>{label}</FieldLabel>
      <AriaTextArea
        ref={areaRef ?? null}
        rows={rows}
        placeholder={placeholder}
        className={classes(css.control, css.area)}
      />
      <FieldFoot hint={hint} error={error} />
    </TextField>
  )
}

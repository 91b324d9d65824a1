import { useLingui } from '@lingui/react/macro'
import { Eye, EyeOff } from 'lucide-react'
import { useState, type HTMLAttributes, type Ref } from 'react'
import { Input, TextField as AriaTextField, type TextFieldProps as AriaTextFieldProps } from 'react-aria-components'
import { classes } from './classes.ts'
import css from './field.module.css'
import { FieldFoot, FieldLabel, type FieldParts } from './field.tsx'
import { IconButton } from './icon-button.tsx'

export interface TextFieldProps extends Omit<AriaTextFieldProps, 'className' | 'children' | 'style'>, FieldParts {
  placeholder?: string
  size?: 'md' | 'lg'
  /** A button inside, at the end of the field. */
  after?: React.ReactNode
  className?: string
  inputRef?: Ref<HTMLInputElement>
  inputMode?: HTMLAttributes<HTMLInputElement>['inputMode']
}

/** One line of text. Passwords can be looked at before they are sent. */
export function TextField({
  label,
  hint,
  error,
  placeholder,
  size = 'md',
  after,
  className,
  inputRef,
  ...rest
}: TextFieldProps) {
  const { t } = useLingui()
  const [isShown, setShown] = useState(false)
  const isSecret = rest.type === 'password'
  const peek = isSecret && (
    <IconButton
      size="sm"
      icon={isShown ? EyeOff : Eye}
      label={isShown ? t`Hide password` : t`Show password`}
      onPress={() => setShown(!isShown)}
    />
  )
  return (
    <AriaTextField
      {...rest}
      type={isSecret && isShown ? 'text' : (rest.type ?? 'text')}
      isInvalid={rest.isInvalid ?? Boolean(error)}
      validationBehavior="aria"
      className={classes(css.field, className)}
    >
      <FieldLabel>{label}</FieldLabel>
      <span className={css.with}>
        <Input
          ref={inputRef ?? null}
          placeholder={placeholder}
          className={classes(css.control, size === 'lg' && css.lg)}
        />
        {(peek || after) && <span className={css.after}>{peek || after}</span>}
      </span>
      <FieldFoot hint={hint} error={error} />
    </AriaTextField>
  )
}

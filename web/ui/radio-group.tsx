import type { ReactNode } from 'react'
import { RadioButton, RadioField, RadioGroup as AriaRadioGroup } from 'react-aria-components'
import { classes } from './classes.ts'
import fieldCss from './field.module.css'
import { FieldFoot, FieldLabel, type FieldParts } from './field.tsx'
import css from './toggle.module.css'

/** One of a few, all visible. `cards` draws each as a card of its own. */
export function RadioGroup<V extends string>(
  props: FieldParts & {
    choices: { value: V; name: ReactNode; note?: ReactNode; isDisabled?: boolean }[]
    value: V | null
    onChange: (value: V) => void
    cards?: boolean
    isDisabled?: boolean
    name?: string
    'aria-label'?: string
  },
) {
  const { label, hint, error, choices, value, onChange, cards, ...rest } = props
  return (
    <AriaRadioGroup
      {...rest}
      value={value}
      onChange={(chosen) => onChange(chosen as V)}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      className={fieldCss.field ?? ''}
    >
      <FieldLabel>{label}</FieldLabel>
      <div className={classes(css.group, cards && css.cards)}>
        {choices.map((choice) => (
          <RadioField key={choice.value} value={choice.value} isDisabled={choice.isDisabled ?? false}>
            <RadioButton className={css.row ?? ''}>
              <span className={css.dot} />
              <span className={css.words}>
                {choice.name}
                {choice.note && <small className={css.note}>{choice.note}</small>}
              </span>
            </RadioButton>
          </RadioField>
        ))}
      </div>
      <FieldFoot hint={hint} error={error} />
    </AriaRadioGroup>
  )
}

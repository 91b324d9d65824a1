import { useLingui } from '@lingui/react/macro'
import { CircleAlert, X } from 'lucide-react'
import { useId } from 'react'
import { Button } from './button.tsx'
import { ComboBox } from './combo-box.tsx'
import fieldCss from './field.module.css'
import { Icon } from './icon.tsx'
import css from './many-choice.module.css'
import type { Choice } from './select.tsx'

/** Several of a list, each of which can be taken out again. */
export function ManyChoice<K extends string | number>(props: {
  label: string
  /** The label is read out only. */
  isQuiet?: boolean
  choices: readonly Choice<K>[]
  values: readonly K[]
  onChange: (values: K[]) => void
  placeholder?: string
  hint?: string | undefined
  error?: string | undefined
}) {
  const { t } = useLingui()
  const { label, choices, values, onChange, placeholder = t`Choose…` } = props
  const labelId = useId()
  const isOut = ({ id }: Choice<K>) => !values.some((value) => String(value) === String(id))
  return (
    <div role="group" aria-labelledby={labelId} className={css.field}>
      <span id={labelId} className={props.isQuiet === true ? 'visually-hidden' : fieldCss.label}>
        {label}
      </span>
      <div className={css.many}>
        {values.map((value) => {
          const name = choices.find(({ id }) => String(id) === String(value))?.name ?? String(value)
          return (
            <Button
              key={value}
              size="sm"
              aria-label={t`Remove ${name}`}
              onPress={() => onChange(values.filter((one) => one !== value))}
            >
              <bdi>{name}</bdi> <Icon of={X} size={12} />
            </Button>
          )
        })}
        <ComboBox
          key={values.length}
          aria-label={label}
          choices={choices.filter(isOut)}
          value={null}
          onChange={(picked) => picked !== null && onChange([...values, picked])}
          placeholder={placeholder}
          opensOnFocus
        />
      </div>
      {props.error !== undefined ? (
        <span className={fieldCss.error}>
          <Icon of={CircleAlert} size={14} />
          <span>{props.error}</span>
        </span>
      ) : (
        props.hint !== undefined && <span className={fieldCss.hint}>{props.hint}</span>
      )}
    </div>
  )
}

import { useLingui } from '@lingui/react/macro'
import type { Condition, ConditionValue } from '#contract/filter.ts'
import { ComboBox } from '../ui/combo-box.tsx'
import { ManyChoice } from '../ui/many-choice.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import { askOf, shapeOf } from './asks.ts'
import css from './filters.module.css'
import type { FilterFieldInfo } from './use-filter-fields.ts'

type Scalar = string | number | boolean

/** What a condition compares with, by the kind of its field and by how many values it takes. */
export function ValueField(props: {
  condition: Condition
  field: FilterFieldInfo
  onChange: (value: ConditionValue) => void
}) {
  const { t } = useLingui()
  const { condition, field, onChange } = props
  const { value } = condition
  switch (shapeOf(askOf(condition))) {
    case 'none':
      return null
    case 'days':
      return (
        <div className={css.pair}>
          <TextField
            aria-label={t`Days`}
            inputMode="numeric"
            maxLength={4}
            value={typeof value === 'string' ? value.replace(/\D/g, '') : ''}
            onChange={(text) => onChange(`-${text.replace(/\D/g, '')}d`)}
          />
          <span className={css.unit}>{t`days`}</span>
        </div>
      )
    case 'many':
      return <ManyField field={field} values={Array.isArray(value) ? value : []} onChange={onChange} />
    case 'both': {
      const { from, to } =
        typeof value === 'object' && value !== null && !Array.isArray(value) ? value : { from: '', to: '' }
      return (
        <div className={css.pair}>
          <OneField
            field={field}
            label={t`From`}
            value={from}
            onChange={(next) => onChange({ from: next as string, to })}
          />
          <OneField
            field={field}
            label={t`To`}
            value={to}
            onChange={(next) => onChange({ from, to: next as string })}
          />
        </div>
      )
    }
    case 'one':
      return (
        <OneField
          field={field}
          label={field.name}
          value={typeof value === 'object' ? '' : (value ?? '')}
          onChange={onChange}
        />
      )
  }
}

const inputTypes: Partial<Record<string, string>> = { moment: 'date', date: 'date', time: 'time' }

function OneField(props: { field: FilterFieldInfo; label: string; value: Scalar; onChange: (value: Scalar) => void }) {
  const { t } = useLingui()
  const { field, label, value, onChange } = props
  if (field.kind === 'age') return <AgeField {...props} />
  if (field.kind === 'checkbox')
    return (
      <Select
        aria-label={label}
        value={value === '' ? null : String(value)}
        onChange={(picked) => onChange(picked === 'true')}
        choices={[
          { id: 'true', name: t`Yes` },
          { id: 'false', name: t`No` },
        ]}
      />
    )
  if (field.choices !== null)
    return (
      <ComboBox
        aria-label={label}
        choices={field.choices}
        value={value === '' ? null : (value as string | number)}
        onChange={(picked) => onChange(picked ?? '')}
        placeholder={t`Choose…`}
        opensOnFocus
      />
    )
  return (
    <TextField
      aria-label={label}
      type={inputTypes[field.kind] ?? 'text'}
      {...(field.kind === 'number' ? { inputMode: 'decimal' as const } : {})}
      maxLength={255}
      // a moment may name an hour; the field shows its day
      value={field.kind === 'moment' ? String(value).slice(0, 10) : String(value)}
      onChange={(text) => onChange(field.kind === 'number' ? text.replace(',', '.') : text)}
    />
  )
}

function AgeField(props: { label: string; value: Scalar; onChange: (value: string) => void }) {
  const { t } = useLingui()
  const [, count = '', unit = 'd'] = /^(\d*)([mhd])$/.exec(String(props.value)) ?? []
  const write = (digits: string, of: string) => props.onChange(digits === '' ? '' : `${digits}${of}`)
  return (
    <div className={css.pair}>
      <TextField
        aria-label={props.label}
        inputMode="numeric"
        maxLength={5}
        value={count}
        onChange={(text) => write(text.replace(/\D/g, ''), unit)}
      />
      <Select
        aria-label={t`Unit`}
        value={unit}
        onChange={(picked) => write(count, picked)}
        choices={[
          { id: 'm', name: t`minutes` },
          { id: 'h', name: t`hours` },
          { id: 'd', name: t`days` },
        ]}
      />
    </div>
  )
}

/** Several values, each of which can be taken out again. */
function ManyField(props: {
  field: FilterFieldInfo
  values: readonly (string | number)[]
  onChange: (values: (string | number)[]) => void
}) {
  const { t } = useLingui()
  const { field, values, onChange } = props
  if (field.choices === null)
    return (
      <TextField
        aria-label={field.name}
        placeholder={t`Several, with commas between`}
        value={values.join(', ')}
        onChange={(text) => onChange(text === '' ? [] : text.split(/,\s?/))}
      />
    )
  return <ManyChoice label={field.name} isQuiet choices={field.choices} values={values} onChange={onChange} />
}

import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useRef, type ReactNode } from 'react'
import type { FieldType, PlacedField } from '#contract/fields.ts'
import { api } from '../api/client.ts'
import { languageCodes, problemWords } from '../contacts/shared.ts'
import { useFormats } from '../i18n/formats.ts'
import { Button } from '../ui/button.tsx'
import { ComboBox } from '../ui/combo-box.tsx'
import { CountryField } from '../ui/country-field.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'

interface ValueProps {
  field: PlacedField
  /** As it is typed or picked; '' for nothing yet. */
  value: string
  onChange: (value: string) => void
  /** Why it was refused, perhaps with a correction to take by one press. */
  problem: { reason: string; fix?: string | undefined } | undefined
}

/** What many contacts are to hold in a field, asked with what suits it. */
export function GivenValue({ field, value, onChange, problem }: ValueProps) {
  const { t, i18n } = useLingui()
  const input = useRef<HTMLInputElement>(null)
  const correct = (fix: string) => {
    onChange(fix)
    input.current?.focus()
  }
  const path = field.custom === null ? 'values.country' : 'values.custom.'
  const fix = problem?.fix
  const error = problem !== undefined && (
    <>
      {problemWords({ ...problem, path }, i18n)}{' '}
      {fix !== undefined && (
        <Button size="sm" onPress={() => correct(fix)}>
          <bdi>{fix}</bdi>
        </Button>
      )}
    </>
  )
  const label = t`Value`
  const picked = { label, error, value: value === '' ? null : value, placeholder: t`Choose…` }
  const type = field.custom?.type
  if (field.key === 'lifecycle') return <StageField value={value} onChange={onChange} />
  if (field.key === 'country') return <CountryField {...picked} onChange={(code) => onChange(code ?? '')} />
  if (field.key === 'language') return <LanguageField {...picked} onChange={onChange} />
  if (type === 'list')
    return (
      <ComboBox
        {...picked}
        opensOnFocus
        choices={(field.custom?.options ?? []).map((option) => ({ id: option, name: option }))}
        onChange={(option) => onChange(option ?? '')}
      />
    )
  if (type === 'checkbox')
    return (
      <Select
        {...picked}
        onChange={onChange}
        choices={[
          { id: 'true', name: t`Yes` },
          { id: 'false', name: t`No` },
        ]}
      />
    )
  return (
    <TextField
      label={label}
      inputRef={input}
      error={error}
      value={value}
      onChange={onChange}
      maxLength={1000}
      {...inputs[type ?? 'text']}
    />
  )
}

const inputs: Partial<
  Record<FieldType, { type?: string; inputMode?: 'email' | 'decimal' | 'url'; maxLength?: number }>
> = {
  email: { type: 'email', inputMode: 'email', maxLength: 254 },
  number: { inputMode: 'decimal', maxLength: 30 },
  url: { type: 'url', inputMode: 'url', maxLength: 255 },
  date: { type: 'date' },
  time: { type: 'time' },
}

function StageField({ value, onChange }: Pick<ValueProps, 'value' | 'onChange'>) {
  const { t } = useLingui()
  const { data } = useQuery(api.lifecycle.list.queryOptions())
  return (
    <Select
      label={t`Stage`}
      placeholder={t`Choose…`}
      value={value === '' ? null : Number(value)}
      onChange={(stage) => onChange(String(stage))}
      choices={(data?.items ?? []).map(({ id, name, emoji }) => ({
        id,
        name,
        ...(emoji === null ? {} : { before: emoji }),
      }))}
    />
  )
}

function LanguageField(props: {
  label: string
  error: ReactNode
  value: string | null
  placeholder: string
  onChange: (value: string) => void
}) {
  const { language, compare } = useFormats()
  const choices = languageCodes()
    .map((id) => ({ id, name: language(id) }))
    .toSorted((one, other) => compare(one.name, other.name))
  return <ComboBox {...props} choices={choices} onChange={(code) => props.onChange(code ?? '')} />
}

import { Trans, useLingui } from '@lingui/react/macro'
import type { Ref } from 'react'
import { useFormats } from '../i18n/formats.ts'
import { TextField } from './text-field.tsx'
import { readCount } from './read-count.ts'

/** Asks for a number to be typed, so that nobody goes on without having read it. */
export function CountField(props: {
  count: number
  value: string
  onChange: (value: string) => void
  inputRef: Ref<HTMLInputElement>
}) {
  const { t } = useLingui()
  const { number } = useFormats()
  const { count, value, onChange, inputRef } = props
  const shown = number(count)
  const digits = value.replace(/\D/g, '')
  const hint =
    value.trim() === ''
      ? undefined
      : readCount(value) === count
        ? t`The number matches`
        : digits !== '' && String(count).startsWith(digits)
          ? t`Keep typing. It's ${shown}.`
          : t`That doesn't match. It's ${shown}.`
  return (
    <TextField
      label={
        <Trans>
          Type <b>{shown}</b> to confirm
        </Trans>
      }
      name="count"
      autoComplete="off"
      inputMode="numeric"
      autoFocus
      value={value}
      onChange={onChange}
      inputRef={inputRef}
      hint={hint}
    />
  )
}

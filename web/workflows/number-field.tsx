import { useState } from 'react'
import { TextField } from '../ui/text-field.tsx'

/** A whole number within bounds; what is typed on the way there stays until the field is left. */
export function NumberField(props: {
  label: string
  hint?: string
  value: number
  min: number
  max: number
  onChange: (value: number) => void
  error?: string | undefined
}) {
  const { value, min, max, onChange } = props
  const [typed, setTyped] = useState<string | null>(null)
  const write = (text: string) => {
    setTyped(text)
    const number = Number(text)
    if (/^\d+$/.test(text) && number >= min && number <= max) onChange(number)
  }
  return (
    <TextField
      label={props.label}
      {...(props.hint === undefined ? {} : { hint: props.hint })}
      inputMode="numeric"
      maxLength={7}
      value={typed ?? String(value)}
      onChange={(text) => write(text.replace(/\D/g, ''))}
      onBlur={() => {
        if (typed !== null && typed !== '') onChange(Math.min(max, Math.max(min, Number(typed))))
        setTyped(null)
      }}
      error={props.error}
    />
  )
}

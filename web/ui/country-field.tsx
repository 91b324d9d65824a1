import { countries } from 'country-flag-icons'
import { useMemo } from 'react'
import { useFormats } from '../i18n/formats.ts'
import { ComboBox } from './combo-box.tsx'
import type { FieldParts } from './field.tsx'
import { Flag } from './flag.tsx'

/** ISO 3166-1 codes; the flags of parts of countries (GB-ENG) are left out. */
export const countryCodes: readonly string[] = countries.filter((code) => code.length === 2)

/** A country by its name in the person's language. */
export function CountryField(
  props: FieldParts & {
    value: string | null
    onChange: (code: string | null) => void
    size?: 'md' | 'lg'
    isDisabled?: boolean
    placeholder?: string
    name?: string
  },
) {
  const { tag } = useFormats()
  const choices = useMemo(() => choicesIn(tag), [tag])
  return <ComboBox {...props} choices={choices} />
}

function choicesIn(tag: string) {
  const names = new Intl.DisplayNames(tag, { type: 'region' })
  const { compare } = new Intl.Collator(tag)
  return countryCodes
    .map((id) => ({ id, name: names.of(id) ?? id, before: <Flag country={id} /> }))
    .sort((a, b) => compare(a.name, b.name))
}

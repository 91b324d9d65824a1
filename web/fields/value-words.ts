import { useLingui } from '@lingui/react/macro'
import type { FieldType, FieldValue } from '#contract/fields.ts'
import { useFormats } from '../i18n/formats.ts'

/** Puts a value of a custom field into words; it may also be what the history keeps of one, as text. */
export function useValueWords(): (type: FieldType, value: FieldValue) => string {
  const { t } = useLingui()
  const { tag } = useFormats()
  return (type, value) => {
    const text = String(value)
    switch (type) {
      case 'checkbox':
        return text === 'true' ? t`Yes` : t`No`
      case 'number':
        return new Intl.NumberFormat(tag, { useGrouping: 'always', maximumFractionDigits: 10 }).format(Number(text))
      case 'date':
        return new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeZone: 'UTC' }).format(
          Date.parse(`${text}T00:00Z`),
        )
      case 'time':
        return new Intl.DateTimeFormat(tag, { timeStyle: 'short', timeZone: 'UTC' }).format(
          Date.parse(`1970-01-01T${text}Z`),
        )
      case 'text':
      case 'list':
      case 'email':
      case 'url':
        return text
    }
  }
}

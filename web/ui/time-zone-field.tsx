import { useLingui } from '@lingui/react/macro'
import { useFormats } from '../i18n/formats.ts'
import { ComboBox } from './combo-box.tsx'
import type { FieldParts } from './field.tsx'

const zones = Intl.supportedValuesOf('timeZone')

/** A time zone by its city. Under it stands the time it is there now, which tells at once whether it is the right one. */
export function TimeZoneField(
  props: Omit<FieldParts, 'hint'> & {
    value: string
    onChange: (zone: string) => void
    size?: 'md' | 'lg'
    isDisabled?: boolean
    name?: string
  },
) {
  const { t } = useLingui()
  const { tag } = useFormats()
  const { value, onChange, ...rest } = props
  const known = zones.includes(value) ? zones : [value, ...zones]
  const time = new Intl.DateTimeFormat(tag, { timeZone: value, hour: 'numeric', minute: '2-digit' }).format()
  return (
    <ComboBox
      {...rest}
      choices={known.map((id) => ({ id, name: id.replaceAll('_', ' ') }))}
      value={value}
      onChange={(zone) => zone !== null && onChange(zone)}
      hint={t`It is ${time} there now.`}
    />
  )
}

import type { FieldValue as Value } from '#contract/fields.ts'
import type { MergeField } from '#contract/merging.ts'
import { CustomText, useCustomField } from '../fields/shared.ts'
import { useFormats } from '../i18n/formats.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Flag } from '../ui/flag.tsx'
import { FormattedPhone } from '../ui/formatted-phone.tsx'

/**
 * A value of a field as it is read: a country with its flag, a phone spaced, a member with their picture. Without `shown`
 * the value is in words already.
 */
export function FieldValue(props: { field: MergeField; value: Value; shown?: string | null | undefined }) {
  const { country, language } = useFormats()
  const customField = useCustomField()
  const { field, shown } = props
  const value = String(props.value)
  switch (field) {
    case 'country':
      return (
        <>
          <Flag country={value} /> <span>{country(value)}</span>
        </>
      )
    case 'language':
      return <span>{language(value)}</span>
    case 'phone':
      return <FormattedPhone phone={value} formatted={shown} />
    case 'assignee':
      return shown == null ? (
        <span>{value}</span>
      ) : (
        <>
          <Avatar id={Number(value)} name={shown} size={22} /> <span>{shown}</span>
        </>
      )
    case 'lifecycle':
    case 'email':
    case 'firstName':
    case 'lastName':
      return <bdi>{shown ?? value}</bdi>
    default:
      return <CustomText type={customField(field)?.type ?? 'text'} value={value} />
  }
}

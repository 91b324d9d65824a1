import type { MergeField } from '#contract/merging.ts'
import { useFormats } from '../i18n/formats.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Flag } from '../ui/flag.tsx'
import { FormattedPhone } from '../ui/formatted-phone.tsx'

/**
 * A value of a field as it is read: a country with its flag, a phone spaced, a member with their picture. Without `shown`
 * the value is in words already.
 */
export function FieldValue(props: { field: MergeField; value: string; shown?: string | null | undefined }) {
  const { country, language } = useFormats()
  const { field, value, shown } = props
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
    case 'email':
    case 'firstName':
    case 'lastName':
      return <bdi>{shown ?? value}</bdi>
  }
}

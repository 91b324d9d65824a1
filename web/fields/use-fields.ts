import { useQuery } from '@tanstack/react-query'
import { recordFields } from '#contract/field-words.ts'
import type { CustomField, PlacedField } from '#contract/fields.ts'
import { api } from '../api/client.ts'

/** What stands in a record whose order could not be learnt. */
const standard: readonly PlacedField[] = recordFields.map((key) => ({ key, shown: 'always', custom: null }))

/** Every field of the record in its order; undefined until it is known. */
export function useFields(): readonly PlacedField[] | undefined {
  const { data, isError } = useQuery(api.fields.list.queryOptions())
  return data?.items ?? (isError ? standard : undefined)
}

/** The custom field of a key like `#12`; undefined for any other, and for one that is gone. */
export function useCustomField(): (key: string) => CustomField | undefined {
  const fields = useFields() ?? standard
  return (key) => fields.find((field) => field.key === key)?.custom ?? undefined
}

import { useQuery } from '@tanstack/react-query'
import type { CustomField, PlacedField } from '#contract/fields.ts'
import { api } from '../api/client.ts'

const nothing: readonly PlacedField[] = []

/** Every field of the record in its order; undefined until it is known. */
export const useFields = (): readonly PlacedField[] | undefined => useQuery(api.fields.list.queryOptions()).data?.items

/** The custom field of a key like `#12`; undefined for any other, and for one that is gone. */
export function useCustomField(): (key: string) => CustomField | undefined {
  const fields = useFields() ?? nothing
  return (key) => fields.find((field) => field.key === key)?.custom ?? undefined
}

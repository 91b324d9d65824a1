import { useLingui } from '@lingui/react/macro'
import type { MergeField } from '#contract/merging.ts'
import { useCustomField } from '../fields/shared.ts'

/** What the fields that a merge chooses between are called. */
export function useFieldNames(): (field: MergeField) => string {
  const { t } = useLingui()
  const customField = useCustomField()
  const names: Partial<Record<MergeField, string>> = {
    firstName: t`First name`,
    lastName: t`Last name`,
    email: t`Email`,
    phone: t`Phone`,
    country: t`Country`,
    language: t`Language`,
    assignee: t`Assigned to`,
  }
  return (field) => names[field] ?? customField(field)?.name ?? t`Deleted field`
}

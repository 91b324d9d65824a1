import { useLingui } from '@lingui/react/macro'
import type { MergeField } from '#contract/merging.ts'

/** What the fields that a merge chooses between are called. */
export function useFieldNames(): Record<MergeField, string> {
  const { t } = useLingui()
  return {
    firstName: t`First name`,
    lastName: t`Last name`,
    email: t`Email`,
    phone: t`Phone`,
    country: t`Country`,
    language: t`Language`,
    assignee: t`Assigned to`,
  }
}

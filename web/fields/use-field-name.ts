import { useLingui } from '@lingui/react/macro'
import { useCustomField } from './use-fields.ts'

/** What a field of the record is called: one that every record has by its name, a custom one by the workspace's. */
export function useFieldName(): (key: string) => string {
  const { t } = useLingui()
  const customField = useCustomField()
  const names: Partial<Record<string, string>> = {
    firstName: t`First name`,
    lastName: t`Last name`,
    email: t`Email`,
    phone: t`Phone`,
    country: t`Country`,
    language: t`Language`,
    lifecycle: t`Lifecycle`,
    assignee: t`Assigned to`,
    status: t`Conversation`,
  }
  return (key) => names[key] ?? customField(key)?.name ?? t`Deleted field`
}

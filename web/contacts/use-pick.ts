import { useLingui } from '@lingui/react/macro'
import { useState, type ReactNode } from 'react'
import type { ContactDetails } from '#contract/contacts.ts'
import type { FieldValue } from '#contract/fields.ts'
import { useFieldSave, type Field } from './use-field-save.ts'

/** What stands for no value in a list of choices. */
export const nothing = ''

/** Saves a picked value and keeps the reason when that fails. */
export function usePick(contact: ContactDetails, field: Field) {
  const { save, conflict, explain: words } = useFieldSave(contact, field)
  const [error, setError] = useState<ReactNode>(null)
  const { t } = useLingui()
  const who = conflict?.who
  return {
    error: error !== null && who !== undefined ? t`${who} changed it meanwhile. Choose again.` : error,
    onPick: (value: FieldValue) => {
      setError(null)
      save(value === nothing ? null : value).catch((reason: unknown) => setError(words(reason).message))
    },
  }
}

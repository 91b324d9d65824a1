import { useLingui } from '@lingui/react/macro'
import { client } from '../api/client.ts'
import { explain, reasonOf } from '../api/explain.ts'
import { useFieldName } from '../fields/shared.ts'
import { useFormats } from '../i18n/formats.ts'
import { toast, toastError } from '../ui/toast-store.ts'
import { holdUndo } from '../ui/undo.ts'
import { showSaved } from './contact-query.ts'
import type { Field } from './use-field-save.ts'

/** Has the undo key take back what was just made of some fields of a contact. */
export function useTakeBack(): (contactId: number, fields: readonly Field[]) => void {
  const { t, i18n } = useLingui()
  const { list } = useFormats()
  const nameOf = useFieldName()
  return (contactId, fields) => {
    const names = list(fields.map(nameOf))
    holdUndo().keep({ undoing: t`Undoing…` }, async () => {
      try {
        for (const field of fields) showSaved(contactId, await client.contacts.takeBack({ contactId, field }))
        toast(t`${names}: as before`, { tone: 'ok' })
      } catch (error) {
        toastError(reasonOf(error) === 'changed-since' ? t`${names}: changed since, so it stays` : explain(error, i18n))
      }
    })
  }
}

import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { ContactDetails, StandardField } from '#contract/contacts.ts'
import { api } from '../api/client.ts'
import { explain, fieldProblems, staleFields } from '../api/explain.ts'
import type { Wrong } from '../ui/inline-edit.tsx'
import { contactQuery, showSaved } from './contact-query.ts'
import { problemWords } from './problem-words.ts'
import { queryClient } from '../api/query-client.ts'

/**
 * Saving one field. It names the value the person saw, so that somebody else's newer one is not overwritten unseen: then
 * `conflict` says whose it is, and saving once more, now knowingly, wins.
 */
export function useFieldSave(contact: ContactDetails, field: StandardField) {
  const { t, i18n } = useLingui()
  const [theirs, setTheirs] = useState<{ who: string; value: string | null } | null>(null)
  /** The value that stood there when typing began. */
  const [seen, setSeen] = useState<string | null | undefined>()
  const update = useMutation(api.contacts.update.mutationOptions())
  const present = contact.fields[field]

  const save = async (value: string | null): Promise<void> => {
    try {
      const replaces = { [field]: present.value }
      showSaved(contact.id, await update.mutateAsync({ contactId: contact.id, values: { [field]: value }, replaces }))
      setTheirs(null)
    } catch (error) {
      const [stale] = staleFields(error)
      if (stale !== undefined) {
        setTheirs({ who: stale.by ?? t`Somebody`, value: stale.current === null ? null : String(stale.current) })
        void queryClient.invalidateQueries({ queryKey: contactQuery(contact.id).queryKey })
      }
      throw error
    }
  }

  const changedMeanwhile =
    seen !== undefined && seen !== present.value ? { who: present.by ?? t`Somebody`, value: present.value } : null
  return {
    save,
    conflict: changedMeanwhile ?? theirs,
    onEditing: (isEditing: boolean) => setSeen(isEditing ? present.value : undefined),
    onTakeTheirs: () => setTheirs(null),
    explain: (error: unknown): Wrong => {
      const [problem] = fieldProblems(error)
      return problem === undefined
        ? { message: explain(error, i18n) }
        : { message: problemWords(problem, i18n), fix: problem.fix }
    },
  }
}

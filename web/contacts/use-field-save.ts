import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { ContactDetails, StandardField } from '#contract/contacts.ts'
import type { CustomKey, FieldValue } from '#contract/fields.ts'
import { api } from '../api/client.ts'
import { explain, fieldProblems, staleFields } from '../api/explain.ts'
import { queryClient } from '../api/query-client.ts'
import type { Wrong } from '../ui/inline-edit.tsx'
import { contactQuery, showSaved } from './contact-query.ts'
import { problemWords } from './problem-words.ts'
import { useTakeBack } from './use-take-back.ts'

export type Field = StandardField | 'lifecycle' | CustomKey

/** The value that stands in a field now, and who put it there. */
function presentIn(
  { fields, custom, lifecycle }: ContactDetails,
  field: Field,
): { value: FieldValue | null; by: string | null } {
  if (field === 'lifecycle') return { value: lifecycle.value?.id ?? null, by: lifecycle.by }
  return isCustom(field) ? (custom[field.slice(1)] ?? { value: null, by: null }) : fields[field]
}

const isCustom = (field: Field): field is CustomKey => field.startsWith('#')

/** One value, as the contract has it. */
const naming = (field: Field, value: FieldValue | null) =>
  isCustom(field) ? { custom: { [field.slice(1)]: value } } : { [field]: value }

/**
 * Saving one field. It names the value the person saw, so that somebody else's newer one is not overwritten unseen: then
 * `conflict` says whose it is, in `words`, and saving once more, now knowingly, wins.
 */
export function useFieldSave(contact: ContactDetails, field: Field, words: (value: FieldValue) => string = String) {
  const { t, i18n } = useLingui()
  const [theirs, setTheirs] = useState<{ who: string; value: string | null } | null>(null)
  /** The value that stood there when typing began. */
  const [seen, setSeen] = useState<FieldValue | null | undefined>()
  const update = useMutation(api.contacts.update.mutationOptions())
  const takeBack = useTakeBack()
  const present = presentIn(contact, field)
  const worded = (value: FieldValue | null) => (value === null ? null : words(value))

  const save = async (value: FieldValue | null): Promise<void> => {
    try {
      const replaces = naming(field, present.value)
      const fresh = await update.mutateAsync({ contactId: contact.id, values: naming(field, value), replaces })
      showSaved(contact.id, fresh)
      setTheirs(null)
      if (value !== present.value) takeBack(contact.id, [field])
    } catch (error) {
      const [stale] = staleFields(error)
      if (stale !== undefined) {
        setTheirs({ who: stale.by ?? t`Somebody`, value: worded(stale.current) })
        void queryClient.invalidateQueries({ queryKey: contactQuery(contact.id).queryKey })
      }
      throw error
    }
  }

  const changedMeanwhile =
    seen !== undefined && seen !== present.value
      ? { who: present.by ?? t`Somebody`, value: worded(present.value) }
      : null
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

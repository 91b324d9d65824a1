import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { Check, X } from 'lucide-react'
import { useState } from 'react'
import { useKeyboard } from 'react-aria/useKeyboard'
import type { ContactDetails } from '#contract/contacts.ts'
import { api } from '../api/client.ts'
import { explain, fieldProblems, staleFields } from '../api/explain.ts'
import { queryClient } from '../api/query-client.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { TextField } from '../ui/text-field.tsx'
import css from './contact-drawer.module.css'
import { contactQuery, showSaved } from './contact-query.ts'
import { problemWords } from './problem-words.ts'
import { useTakeBack } from './use-take-back.ts'

/**
 * First and last name side by side; nothing changes before the check or Enter, Esc or the x leave it as it was, and leaving
 * the field does not save.
 */
export function RenameForm({ contact, onDone }: { contact: ContactDetails; onDone: () => void }) {
  const { t, i18n } = useLingui()
  // what stood there when the pencil was pressed
  const [opened] = useState({
    firstName: contact.fields.firstName.value,
    lastName: contact.fields.lastName.value,
  })
  const [seen, setSeen] = useState(opened)
  const [first, setFirst] = useState(opened.firstName ?? '')
  const [last, setLast] = useState(opened.lastName ?? '')
  const [problem, setProblem] = useState<string | null>(null)
  const update = useMutation(api.contacts.update.mutationOptions())
  const takeBack = useTakeBack()

  const save = async () => {
    setProblem(null)
    try {
      // only what was changed here: somebody else may be at the other half
      const firstName = first.trim() || null
      const lastName = last.trim() || null
      const values = {
        ...(firstName !== opened.firstName && { firstName }),
        ...(lastName !== opened.lastName && { lastName }),
      }
      const changed = Object.keys(values) as (keyof typeof values)[]
      if (changed.length > 0) {
        showSaved(contact.id, await update.mutateAsync({ contactId: contact.id, values, replaces: seen }))
        takeBack(contact.id, changed)
      }
      onDone()
    } catch (error) {
      const stale = staleFields(error)
      if (stale.length > 0) {
        const who = stale[0]?.by ?? t`Somebody`
        const theirs = stale.map(({ current }) => (current === null ? t`nothing` : String(current))).join(', ')
        // told now: the next check overwrites knowingly
        setSeen({ ...seen, ...Object.fromEntries(stale.map(({ field, current }) => [field, current])) })
        void queryClient.invalidateQueries({ queryKey: contactQuery(contact.id).queryKey })
        setProblem(t`${who} changed it to ${theirs}. Save again to keep yours.`)
        return
      }
      const [refused] = fieldProblems(error)
      setProblem(refused === undefined ? explain(error, i18n) : problemWords(refused, i18n))
    }
  }

  const { keyboardProps } = useKeyboard({
    onKeyDown: (event) => {
      if (event.key === 'Escape') onDone()
      else event.continuePropagation()
    },
  })

  return (
    <form
      className={css.rename}
      aria-label={t`Edit name`}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
      {...keyboardProps}
    >
      <TextField
        aria-label={t`First name`}
        placeholder={t`First name`}
        value={first}
        onChange={setFirst}
        autoFocus
        maxLength={100}
      />
      <TextField aria-label={t`Last name`} placeholder={t`Last name`} value={last} onChange={setLast} maxLength={100} />
      <IconButton icon={Check} label={t`Save name`} onPress={() => void save()} />
      <IconButton icon={X} label={t`Cancel`} onPress={onDone} />
      {problem !== null && (
        <p className={css.wrong} role="alert">
          {problem}
        </p>
      )}
      <button type="submit" hidden>
        <Trans>Save name</Trans>
      </button>
    </form>
  )
}

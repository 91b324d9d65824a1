import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { ClosingNote } from '#contract/conversations.ts'
import { api, client } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { TextField } from '../ui/text-field.tsx'
import { SaveDialog } from './save-dialog.tsx'
import { explainPeople } from './explain-people.ts'

/** A new closing note, or other words for one. */
export function ClosingNoteDialog({ note, onClose }: { note: ClosingNote | null; onClose: () => void }) {
  const { t, i18n } = useLingui()
  const [category, setCategory] = useState(note?.category ?? '')
  const [description, setDescription] = useState(note?.description ?? '')
  const values = { category, description: description.trim() }
  const save = useMutation({
    mutationFn: () =>
      note
        ? client.conversations.editClosingNote({ closingNoteId: note.id, ...values })
        : client.conversations.addClosingNote(values),
    retry: false,
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: api.conversations.closingNotes.key() })
      onClose()
    },
  })
  return (
    <SaveDialog
      title={note ? <Trans>Edit the closing note</Trans> : <Trans>New closing note</Trans>}
      save={save}
      onClose={onClose}
    >
      <TextField
        label={t`Category`}
        name="category"
        autoComplete="off"
        autoFocus
        isRequired
        maxLength={128}
        value={category}
        onChange={setCategory}
        error={save.error && explainPeople(save.error, i18n)}
      />
      <TextField
        label={t`What it is for (optional)`}
        name="description"
        autoComplete="off"
        maxLength={512}
        value={description}
        onChange={setDescription}
      />
    </SaveDialog>
  )
}

import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { CheckCheck, Plus } from 'lucide-react'
import { useState } from 'react'
import type { ClosingNote } from '#contract/conversations.ts'
import { api, client } from '../api/client.ts'
import { useCan } from '../api/me.ts'
import { queryClient } from '../api/query-client.ts'
import { ErrorState } from '../app/page-states.tsx'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { toastError } from '../ui/toast-store.ts'
import { offerUndo } from '../ui/undo.ts'
import { ClosingNoteDialog } from './closing-note-dialog.tsx'
import { ClosingNoteRow } from './closing-note-row.tsx'
import { explainPeople } from './explain-people.ts'
import { ListSkeleton } from './list-skeleton.tsx'
import { PageHead } from './page-head.tsx'
import css from './settings.module.css'

const refresh = () => queryClient.invalidateQueries({ queryKey: api.conversations.closingNotes.key() })

/** What a conversation can be closed with. */
export default function ClosingNotesScreen() {
  const { t, i18n } = useLingui()
  const notes = useQuery(api.conversations.closingNotes.queryOptions())
  const [edited, setEdited] = useState<ClosingNote | 'new' | null>(null)
  const mayEdit = useCan('settings.closingNotes')
  const reason = mayEdit ? undefined : t`Your role does not change these settings.`
  const remove = useMutation({
    mutationFn: ({ id }: ClosingNote) => client.conversations.removeClosingNote({ closingNoteId: id }),
    onSuccess: async (_nothing, { category, description }) => {
      await refresh()
      offerUndo({ done: t`“${category}” was removed`, undo: t`Undo`, undoing: t`Undoing…` }, async () => {
        await client.conversations.addClosingNote({ category, description })
        await refresh()
      })
    },
    onError: (error) => toastError(explainPeople(error, i18n)),
  })
  const add = (
    <Button look="primary" icon={Plus} onPress={() => setEdited('new')} disabledReason={reason}>
      {t`New closing note…`}
    </Button>
  )
  const isEmpty = notes.data?.items.length === 0
  return (
    <>
      <PageHead
        title={t`Closing notes`}
        lead={<Trans>What a conversation was about, chosen when it is closed and kept in its history.</Trans>}
        action={!isEmpty && add}
      />
      {notes.error ? (
        <ErrorState error={notes.error} onRetry={() => void notes.refetch()} />
      ) : !notes.data ? (
        <ListSkeleton />
      ) : isEmpty ? (
        <Empty icon={CheckCheck} level={2} title={t`No closing notes`} action={add}>
          <Trans>Conversations are closed without saying what they were about.</Trans>
        </Empty>
      ) : (
        <ul className={css.list} aria-label={t`Closing notes`}>
          {notes.data.items.map((note) => (
            <ClosingNoteRow
              key={note.id}
              note={note}
              reason={reason}
              onEdit={() => setEdited(note)}
              onRemove={() => remove.mutate(note)}
            />
          ))}
        </ul>
      )}
      {edited && <ClosingNoteDialog note={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </>
  )
}

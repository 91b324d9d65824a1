import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api/client.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Select } from '../ui/select.tsx'
import { TextArea } from '../ui/text-area.tsx'
import { offerUndo } from '../ui/undo.ts'
import { Refusal } from './refusal.tsx'
import { refreshConversation, useReopen } from './use-reopen.ts'

/** Closes a conversation with what it was about, for those who look back later. */
export default function CloseDialog({ contactId, onClose }: { contactId: number; onClose: () => void }) {
  const { t } = useLingui()
  const notes = useQuery(api.conversations.closingNotes.queryOptions()).data?.items ?? []
  const [category, setCategory] = useState('')
  const [summary, setSummary] = useState('')
  const reopen = useReopen()
  const close = useMutation(
    api.conversations.close.mutationOptions({
      onSuccess: () => {
        onClose()
        offerUndo({ done: t`Conversation closed`, undo: t`Undo`, undoing: t`Undoing…` }, () =>
          reopen.mutateAsync({ contactId }),
        )
        return refreshConversation(contactId)
      },
    }),
  )
  const submit = () => close.mutate({ contactId, category: category || null, summary: summary.trim() || null })
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={<Trans>Close the conversation</Trans>}
      actions={
        <>
          <Button size="lg" onPress={onClose}>{t`Cancel`}</Button>
          <Button size="lg" look="primary" autoFocus isPending={close.isPending} onPress={submit}>
            {t({ message: 'Close', context: 'conversation' })}
          </Button>
        </>
      }
    >
      <p>
        <Trans>It leaves the list of open ones and opens again when the contact writes.</Trans>
      </p>
      {notes.length > 0 && (
        <Select
          label={t`What it was about`}
          size="lg"
          value={category}
          onChange={setCategory}
          choices={[
            { id: '', name: t`Not said` },
            ...notes.map((note) => ({ id: note.category, name: note.category, note: note.description })),
          ]}
        />
      )}
      <TextArea
        label={t`Summary (optional)`}
        value={summary}
        maxLength={512}
        onChange={setSummary}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit()
          else event.continuePropagation()
        }}
      />
      {close.error && (
        <Banner tone="danger" live>
          <Refusal error={close.error} />
        </Banner>
      )}
    </Dialog>
  )
}

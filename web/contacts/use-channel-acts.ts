import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, type RefObject } from 'react'
import type { ContactChannel, ContactDetails } from '#contract/contacts.ts'
import { api, client } from '../api/client.ts'
import { explain, reasonOf } from '../api/explain.ts'
import { queryClient } from '../api/query-client.ts'
import { toastError } from '../ui/toast-store.ts'
import { offerUndo } from '../ui/undo.ts'
import { contactQuery, showSaved } from './contact-query.ts'

export interface ChannelActs {
  readonly remove: (link: ContactChannel) => void
  readonly restore: (contactChannelId: number) => void
}

/**
 * Takes channels off a contact, at once and with a way back, and gives them back. The focus that stood on a card which goes
 * is put on the group that takes its place.
 */
export function useChannelActs(contactId: number, box: RefObject<HTMLElement | null>): ChannelActs {
  const { t, i18n } = useLingui()
  const { queryKey } = contactQuery(contactId)
  const isFocusWanted = useRef(false)
  useEffect(() => {
    if (!isFocusWanted.current || document.activeElement !== document.body) return
    isFocusWanted.current = false
    box.current?.querySelector<HTMLElement>('h3')?.focus()
  })
  const refused = (error: unknown) => {
    toastError(
      reasonOf(error) === 'address-taken'
        ? t`The contact has written again by this address: the channel is back already.`
        : explain(error, i18n),
    )
    void queryClient.invalidateQueries({ queryKey })
  }
  const restore = useMutation({
    mutationFn: (contactChannelId: number) => client.contactChannels.restore({ contactId, contactChannelId }),
    onSuccess: (fresh) => showSaved(contactId, fresh),
    onError: refused,
  })
  const remove = useMutation({
    mutationFn: ({ id }: ContactChannel) => client.contactChannels.remove({ contactId, contactChannelId: id }),
    onMutate: async ({ id }) => {
      isFocusWanted.current = true
      await queryClient.cancelQueries({ queryKey })
      queryClient.setQueryData(queryKey, (known: ContactDetails | undefined) =>
        known === undefined ? known : { ...known, channels: known.channels.filter((link) => link.id !== id) },
      )
    },
    onSuccess: (fresh, { id }) => {
      showSaved(contactId, fresh)
      void queryClient.invalidateQueries({ queryKey: api.conversations.thread.key({ input: { contactId } }) })
      offerUndo(
        {
          done: t`Channel removed. History is kept.`,
          undo: t`Undo`,
          undoing: t`Undoing…`,
          undone: t`Channel restored`,
        },
        () => restore.mutateAsync(id).catch(() => undefined),
      )
    },
    onError: refused,
  })
  return { remove: (link) => remove.mutate(link), restore: (id) => restore.mutate(id) }
}

import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import type { ContactDetails } from '#contract/contacts.ts'
import type { Tag } from '#contract/tags.ts'
import { api, client } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { toastError } from '../ui/toast-store.ts'
import { offerUndo } from '../ui/undo.ts'
import { explainTags } from './explain-tags.ts'

type Change = { readonly on: Tag } | { readonly off: Tag } | { readonly make: string }

/**
 * Puts tags on a contact and takes them off. What the server will say stands there at once; acts on one contact go one after
 * the other, so the last answer is the whole truth. Taking off can be undone.
 */
export function useTagging(contactId: number) {
  const { t, i18n } = useLingui()
  const { queryKey } = api.contacts.get.queryOptions({ input: { contactId } })
  const mutationKey = ['tagging', contactId]
  const show = (tags: (before: readonly Tag[]) => readonly Tag[]) =>
    queryClient.setQueryData(queryKey, (known: ContactDetails | undefined) =>
      known === undefined ? known : { ...known, tags: [...tags(known.tags)] },
    )
  const act = useMutation({
    mutationKey,
    scope: { id: mutationKey.join(' ') },
    mutationFn: (change: Change) => {
      if ('off' in change) return client.contacts.untag({ contactId, tagIds: [change.off.id] })
      return client.contacts.tag({
        contactId,
        ...('on' in change ? { tagIds: [change.on.id] } : { names: [change.make] }),
      })
    },
    onMutate: async (change) => {
      await queryClient.cancelQueries({ queryKey })
      if ('on' in change) show((before) => [...before.filter(({ id }) => id !== change.on.id), change.on])
      if ('off' in change) show((before) => before.filter(({ id }) => id !== change.off.id))
    },
    onSuccess: (fresh, change) => {
      if (queryClient.isMutating({ mutationKey }) === 1) queryClient.setQueryData(queryKey, fresh)
      void queryClient.invalidateQueries({ queryKey: api.contacts.list.key() })
      void queryClient.invalidateQueries({ queryKey: api.tags.list.key() })
      if ('off' in change) {
        const { name } = change.off
        offerUndo({ done: t`Tag “${name}” removed`, undo: t`Undo`, undoing: t`Undoing…` }, () =>
          act.mutateAsync({ on: change.off }),
        )
      }
    },
    onError: (error) => {
      toastError(explainTags(error, i18n))
      void queryClient.invalidateQueries({ queryKey })
    },
  })
  return {
    putOn: (tag: Tag) => act.mutate({ on: tag }),
    takeOff: (tag: Tag) => act.mutate({ off: tag }),
    make: (name: string) => act.mutate({ make: name }),
  }
}

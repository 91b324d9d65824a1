import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import type { ContactDetails } from '#contract/contacts.ts'
import { api, client } from '../api/client.ts'
import { toast, toastError } from '../ui/toast-store.ts'
import { holdUndo } from '../ui/undo.ts'
import { explainMerge } from './explain-merge.ts'
import { showMerged } from './show-merged.ts'

type Wish = Parameters<typeof client.merging.merge>[0]

/** The call-out stays this long, and stands still under the pointer, with the focus in it or the tab hidden. */
const stay = 10_000

/** Merges contacts, shows the one that stays, and offers to take it back. Rejects as the server refuses. */
export function useMerge() {
  const { t, i18n } = useLingui()
  const { mutateAsync, isPending } = useMutation(api.merging.merge.mutationOptions())

  const undo = async (mergeId: number) => {
    try {
      const { contacts } = await client.merging.undo({ mergeId })
      showMerged(new Map(contacts.map((contact) => [contact.id, contact])))
      toast(t`Merge undone`, { tone: 'ok' })
    } catch (error) {
      toastError(explainMerge(error, i18n))
    }
  }
  const merge = async (wish: Wish): Promise<ContactDetails> => {
    const place = holdUndo()
    try {
      const { mergeId, contact } = await mutateAsync(wish)
      showMerged(new Map([...wish.contactIds, contact.id].map((id) => [id, contact])))
      place.offer(
        { done: t`Contacts merged`, undo: t`Undo merge`, undoing: t`Undoing merge…` },
        () => undo(mergeId),
        stay,
      )
      return contact
    } catch (error) {
      place.leave()
      throw error
    }
  }
  return { merge, isMerging: isPending }
}

import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { lazy, useState } from 'react'
import type { ContactDetails } from '#contract/contacts.ts'
import type { MergePlan } from '#contract/merging.ts'
import { api, client } from '../api/client.ts'
import { ask } from '../app/asked.ts'
import { LazyDialog } from '../ui/lazy-dialog.tsx'
import { toast, toastError } from '../ui/toast-store.ts'
import { holdUndo, type UndoPlace } from '../ui/undo.ts'
import { explainMerge } from './explain-merge.ts'
import { outdatedPlan } from './outdated.ts'
import { showMerged } from './show-merged.ts'
import { surprises } from './surprises.ts'

const MergeQuestion = lazy(() => import('./merge-question.tsx'))

type Wish = Parameters<typeof client.merging.merge>[0]

/** The call-out stays this long, and stands still under the pointer, with the focus in it or the tab hidden. */
const stay = 10_000

/** Merges contacts, shows the one that stays, and offers to take it back. Rejects as the server refuses. */
export function useMerge() {
  const { t, i18n } = useLingui()
  const { mutateAsync } = useMutation(api.merging.merge.mutationOptions())
  const [isMerging, setMerging] = useState(false)

  const undo = async (mergeId: number) => {
    try {
      const { contacts } = await client.merging.undo({ mergeId })
      showMerged(new Map(contacts.map((contact) => [contact.id, contact])))
      toast(t`Merge undone`, { tone: 'ok' })
    } catch (error) {
      toastError(explainMerge(error, i18n))
    }
  }
  const carryOut = async (wish: Wish, place: UndoPlace): Promise<ContactDetails> => {
    const { mergeId, contact } = await mutateAsync(wish)
    showMerged(new Map([...wish.contactIds, contact.id].map((id) => [id, contact])))
    place.offer(
      { done: t`Contacts merged`, undo: t`Undo merge`, undoing: t`Undoing merge…` },
      () => undo(mergeId),
      stay,
    )
    return contact
  }
  /** Takes the place among what can be taken back at the press, whatever is still asked before it is done. */
  const inPlace = async <Done,>(act: (place: UndoPlace) => Promise<Done>): Promise<Done> => {
    const place = holdUndo()
    setMerging(true)
    try {
      return await act(place)
    } catch (error) {
      place.leave()
      throw error
    } finally {
      setMerging(false)
    }
  }
  return {
    /** As it was wished, with the plan that was looked at. */
    merge: (wish: Wish) => inPlace((place) => carryOut(wish, place)),
    /**
     * With one press. Where that stops a workflow, or one of them wants no messages, it says so first. Null when the
     * person then thinks better of it.
     */
    mergeAtOnce: (contactIds: number[]) =>
      inPlace(async (place) => {
        let plan = await client.merging.plan({ contactIds })
        for (;;) {
          if (surprises(plan) && !(await isWanted(plan))) {
            place.leave()
            return null
          }
          try {
            return await carryOut({ contactIds, fingerprint: plan.fingerprint }, place)
          } catch (error) {
            const now = outdatedPlan(error) as MergePlan | null
            if (now === null) throw error
            plan = now
          }
        }
      }),
    isMerging,
  }
}

const isWanted = (plan: MergePlan) =>
  ask<boolean>((answer) => (
    <LazyDialog onClose={() => answer(false)}>
      <MergeQuestion plan={plan} onAnswer={answer} />
    </LazyDialog>
  ))

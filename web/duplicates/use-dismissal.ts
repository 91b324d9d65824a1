import { useLingui } from '@lingui/react/macro'
import { api, client } from '../api/client.ts'
import { explain } from '../api/explain.ts'
import { queryClient } from '../api/query-client.ts'
import { toast, toastError } from '../ui/toast-store.ts'
import { holdUndo } from '../ui/undo.ts'

interface Pair {
  a: number
  b: number
}

/** Tells two contacts apart, which is remembered, and offers to take that back. Answers whether it was done. */
export function useDismissal() {
  const { t, i18n } = useLingui()
  const act = async (run: typeof client.duplicates.dismiss, pair: Pair): Promise<boolean> => {
    try {
      await run({ a: pair.a, b: pair.b })
      return true
    } catch (error) {
      toastError(explain(error, i18n))
      return false
    } finally {
      askAgain(pair)
    }
  }
  const reopen = async (pair: Pair) => {
    if (await act(client.duplicates.reopen, pair)) toast(t`Suggested again`, { tone: 'ok' })
  }
  const dismiss = async (pair: Pair): Promise<boolean> => {
    const undo = holdUndo()
    const isDone = await act(client.duplicates.dismiss, pair)
    if (isDone)
      undo.offer({ done: t`Noted: not the same person`, undo: t`Undo`, undoing: t`Undoing…` }, () => reopen(pair))
    else undo.leave()
    return isDone
  }
  return { dismiss, reopen }
}

function askAgain({ a, b }: Pair): void {
  const stale = [
    api.duplicates.key(),
    api.merging.plan.key(),
    ...[a, b].map((contactId) => api.contacts.get.key({ input: { contactId } })),
  ]
  for (const queryKey of stale) void queryClient.invalidateQueries({ queryKey })
}

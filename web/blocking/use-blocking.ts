import { useLingui } from '@lingui/react/macro'
import { client } from '../api/client.ts'
import { useCan } from '../api/me.ts'
import { toast, toastError } from '../ui/toast-store.ts'
import { offerUndo } from '../ui/undo.ts'
import { explainBlocking } from './explain-blocking.ts'
import { showBlocking } from './show-blocking.ts'

/** A contact as far as blocking speaks of it. */
export interface Blockable {
  readonly id: number
  readonly displayName: string | null
}

/** The two acts, each with the offer to take it back where that takes nothing away. */
export function useBlocking() {
  const { t, i18n } = useLingui()
  const mayUnblock = useCan('contacts.unblock')

  const revert = async (act: Promise<Parameters<typeof showBlocking>[0]>) => {
    try {
      showBlocking(await act)
    } catch (error) {
      toastError(explainBlocking(error, i18n))
    }
  }
  const words = (done: string) => ({ done, undo: t`Undo`, undoing: t`Undoing…` })
  return {
    /** Rejects as the server refuses. */
    block: async ({ id, displayName }: Blockable, reason: string | null) => {
      showBlocking(await client.blocking.block({ contactId: id, reason }))
      const name = displayName ?? t`Nameless contact`
      const done = t`${name} blocked`
      if (!mayUnblock) toast(done, { tone: 'ok' })
      else offerUndo(words(done), () => revert(client.blocking.unblock({ contactId: id, showHeld: true })))
    },
    /** `again`: the reason it was blocked for, where nothing was held and it can be blocked as before. */
    unblock: async ({ id, displayName }: Blockable, showHeld: boolean, again?: { reason: string | null }) => {
      showBlocking(await client.blocking.unblock({ contactId: id, showHeld }))
      const name = displayName ?? t`Nameless contact`
      const done = t`${name} unblocked`
      if (again === undefined) toast(done, { tone: 'ok' })
      else offerUndo(words(done), () => revert(client.blocking.block({ contactId: id, reason: again.reason })))
    },
  }
}

import { useLingui } from '@lingui/react/macro'
import { lazy, useState, type ReactNode } from 'react'
import type { Block } from '#contract/contacts.ts'
import { LazyDialog } from '../ui/lazy-dialog.tsx'
import { toastError } from '../ui/toast-store.ts'
import { explainBlocking } from './explain-blocking.ts'
import { useBlocking, type Blockable } from './use-blocking.ts'

const UnblockDialog = lazy(() => import('./unblock-dialog.tsx'))

/** Unblocks a contact: at once where nothing was held, else after asking what becomes of it. `dialog` is to be shown. */
export function useUnblocking(): { start: (contact: Blockable, block: Block) => void; dialog: ReactNode } {
  const { i18n } = useLingui()
  const [asked, setAsked] = useState<{ contact: Blockable; kept: number } | null>(null)
  const { unblock } = useBlocking()
  return {
    start: (contact, { kept, reason }) => {
      if (kept > 0) setAsked({ contact, kept })
      else unblock(contact, false, { reason }).catch((error: unknown) => toastError(explainBlocking(error, i18n)))
    },
    dialog: asked !== null && (
      <LazyDialog onClose={() => setAsked(null)}>
        <UnblockDialog {...asked} onClose={() => setAsked(null)} />
      </LazyDialog>
    ),
  }
}

import { lazy, Suspense } from 'react'
import type { Blockable } from './use-blocking.ts'

const BlockDialog = lazy(() => import('./block-dialog.tsx'))

/** Asks before a contact is blocked. */
export function BlockContact(props: { contact: Blockable; onClose: () => void }) {
  return (
    <Suspense fallback={null}>
      <BlockDialog {...props} />
    </Suspense>
  )
}

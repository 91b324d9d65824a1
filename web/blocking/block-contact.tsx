import { lazy } from 'react'
import { LazyDialog } from '../ui/lazy-dialog.tsx'
import type { Blockable } from './use-blocking.ts'

const BlockDialog = lazy(() => import('./block-dialog.tsx'))

/** Asks before a contact is blocked. */
export function BlockContact(props: { contact: Blockable; onClose: () => void }) {
  return (
    <LazyDialog onClose={props.onClose}>
      <BlockDialog {...props} />
    </LazyDialog>
  )
}

import { lazy } from 'react'
import type { Selection } from '#contract/filter.ts'
import { withMergeWords } from '../i18n/locale.ts'
import { LazyDialog } from '../ui/lazy-dialog.tsx'

const DeleteDialog = lazy(() => withMergeWords(() => import('./delete-dialog.tsx')))

/** Asks before contacts are deleted; the asking is loaded when it comes to that. */
export function DeleteContacts(props: { selection: Selection; onClose: () => void; onStarted: () => void }) {
  return (
    <LazyDialog onClose={props.onClose}>
      <DeleteDialog {...props} />
    </LazyDialog>
  )
}

import { lazy, Suspense } from 'react'
import type { Selection } from '#contract/filter.ts'
import { withMergeWords } from '../i18n/locale.ts'

const DeleteDialog = lazy(() => withMergeWords(() => import('./delete-dialog.tsx')))

/** Asks before contacts are deleted; the asking is loaded when it comes to that. */
export function DeleteContacts(props: { selection: Selection; onClose: () => void; onStarted: () => void }) {
  return (
    <Suspense fallback={null}>
      <DeleteDialog {...props} />
    </Suspense>
  )
}

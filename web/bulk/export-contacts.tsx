import { lazy, Suspense } from 'react'
import type { Narrowing } from '#contract/filter.ts'
import { withMergeWords } from '../i18n/locale.ts'
import type { ListSelection } from './use-selection.ts'

const ExportDialog = lazy(() => withMergeWords(() => import('./export-dialog.tsx')))

/** Asks what of which contacts is written to a file; the asking is loaded when it comes to that. */
export function ExportContacts(props: { chosen: ListSelection; narrowing: Narrowing; onClose: () => void }) {
  return (
    <Suspense fallback={null}>
      <ExportDialog {...props} />
    </Suspense>
  )
}

import { lazy } from 'react'
import type { Narrowing } from '#contract/filter.ts'
import { withMergeWords } from '../i18n/locale.ts'
import { LazyDialog } from '../ui/lazy-dialog.tsx'
import type { ListSelection } from './use-selection.ts'

const ExportDialog = lazy(() => withMergeWords(() => import('./export-dialog.tsx')))

/** Asks what of which contacts is written to a file; the asking is loaded when it comes to that. */
export function ExportContacts(props: { chosen: ListSelection; narrowing: Narrowing; onClose: () => void }) {
  return (
    <LazyDialog onClose={props.onClose}>
      <ExportDialog {...props} />
    </LazyDialog>
  )
}

import { lazy } from 'react'
import type { ContactDetails } from '#contract/contacts.ts'
import { LazyDialog } from '../ui/lazy-dialog.tsx'

const OptOutDialog = lazy(() => import('./opt-out-dialog.tsx'))

/** Asks before it is noted that a contact wants no messages. */
export function NoteOptOut(props: { contact: ContactDetails; channelId: number | null; onClose: () => void }) {
  return (
    <LazyDialog onClose={props.onClose}>
      <OptOutDialog {...props} />
    </LazyDialog>
  )
}

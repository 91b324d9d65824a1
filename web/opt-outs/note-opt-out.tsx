import { lazy, Suspense } from 'react'
import type { ContactDetails } from '#contract/contacts.ts'

const OptOutDialog = lazy(() => import('./opt-out-dialog.tsx'))

/** Asks before it is noted that a contact wants no messages. */
export function NoteOptOut(props: { contact: ContactDetails; channelId: number | null; onClose: () => void }) {
  return (
    <Suspense fallback={null}>
      <OptOutDialog {...props} />
    </Suspense>
  )
}

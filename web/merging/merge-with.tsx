import { Trans } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { lazy } from 'react'
import { useWorkspace } from '../api/me.ts'
import { LazyDialog } from '../ui/lazy-dialog.tsx'

const FindContactDialog = lazy(() => import('../app/find-contact-dialog.tsx'))

/** Asks whom to merge a contact with, then lays the two side by side. */
export function MergeWith(props: { contactId: number; place: 'inbox' | 'contacts'; onClose: () => void }) {
  const { contactId, place, onClose } = props
  const navigate = useNavigate()
  const workspace = useWorkspace().id
  return (
    <LazyDialog onClose={onClose}>
      <FindContactDialog
        title={<Trans>Merge with…</Trans>}
        without={[contactId]}
        onClose={onClose}
        onPick={(other) =>
          void navigate({
            to: '/w/$workspace/contacts/merge',
            params: { workspace },
            search: { ids: `${contactId},${other}`, back: place },
          })
        }
      />
    </LazyDialog>
  )
}

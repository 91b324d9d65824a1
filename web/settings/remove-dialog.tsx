import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import type { Member } from '#contract/members.ts'
import { api } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { AlertDialog } from '../ui/alert-dialog.tsx'
import { toast, toastError } from '../ui/toast-store.ts'
import { explainPeople } from './explain-people.ts'

/** Asks before a membership ends, and says what follows from it. */
export function RemoveDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { t, i18n } = useLingui()
  const { id: memberId, name } = member
  const remove = useMutation(
    api.members.remove.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries({ queryKey: api.members.key() })
        toast(t`${name} was removed`, { tone: 'ok' })
        onClose()
      },
      onError: (error) => {
        toastError(explainPeople(error, i18n))
        onClose()
      },
    }),
  )
  return (
    <AlertDialog
      isOpen
      danger
      onClose={onClose}
      title={<Trans>Remove {name}?</Trans>}
      confirm={t`Remove`}
      isPending={remove.isPending}
      onConfirm={() => remove.mutate({ memberId })}
    >
      <p>
        <Trans>
          Their contacts become unassigned. Their sessions, API tokens and the invitations they sent end at once. Their
          name stays in the history.
        </Trans>
      </p>
    </AlertDialog>
  )
}

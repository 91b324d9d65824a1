import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Member } from '#contract/members.ts'
import { api } from '../api/client.ts'
import { fieldProblems } from '../api/explain.ts'
import { queryClient } from '../api/query-client.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { toast } from '../ui/toast-store.ts'
import { AccessForm, type Access } from './access-form.tsx'
import { explainPeople } from './explain-people.ts'

/** Another member's role, restrictions and team. */
export function AccessDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { t, i18n } = useLingui()
  const { id: memberId, name } = member
  const [access, setAccess] = useState<Access>({
    role: member.role,
    restrictions: member.restrictions,
    teamId: member.teamId,
  })
  const save = useMutation(
    api.members.updateAccess.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries({ queryKey: api.members.key() })
        void queryClient.invalidateQueries({ queryKey: api.teams.key() })
        toast(t`Access of ${name} changed`, { tone: 'ok' })
        onClose()
      },
    }),
  )
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={<Trans>Access of {name}</Trans>}
      actions={
        <>
          <Button size="lg" onPress={onClose}>{t`Cancel`}</Button>
          <Button
            size="lg"
            look="primary"
            isPending={save.isPending}
            onPress={() => save.mutate({ memberId, ...access })}
          >{t`Save`}</Button>
        </>
      }
    >
      {save.error && fieldProblems(save.error).length === 0 && (
        <Banner tone="danger" live>
          {explainPeople(save.error, i18n)}
        </Banner>
      )}
      <AccessForm value={access} onChange={setAccess} error={save.error} />
    </Dialog>
  )
}

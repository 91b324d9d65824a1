import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Invitation } from '#contract/members.ts'
import { api } from '../api/client.ts'
import { fieldProblems } from '../api/explain.ts'
import { queryClient } from '../api/query-client.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/text-field.tsx'
import { toast } from '../ui/toast-store.ts'
import css from './access-form.module.css'
import { AccessForm, type Access } from './access-form.tsx'
import { explainPeople } from './explain-people.ts'
import { InvitationLink } from './invitation-link.tsx'

const formId = 'invite'

/** Invites somebody; where the system sends no mail, shows the link to pass on. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useLingui()
  const [email, setEmail] = useState('')
  const [access, setAccess] = useState<Access>({ role: 'agent', restrictions: [], teamId: null })
  const [made, setMade] = useState<Invitation | null>(null)
  const invite = useMutation(
    api.invitations.create.mutationOptions({
      onSuccess: (invitation) => {
        void queryClient.invalidateQueries({ queryKey: api.invitations.key() })
        if (invitation.link !== null) return setMade(invitation)
        const to = invitation.email
        toast(t`Invitation sent to ${to}`, { tone: 'ok' })
        return onClose()
      },
    }),
  )
  if (made?.link) return <InvitationLink email={made.email} link={made.link} onClose={onClose} />

  const isFieldOnly = fieldProblems(invite.error).every((problem) => problem.path === 'teamId')
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={<Trans>Invite somebody</Trans>}
      actions={
        <>
          <Button size="lg" onPress={onClose}>{t`Cancel`}</Button>
          <Button size="lg" look="primary" type="submit" form={formId} isPending={invite.isPending}>{t`Invite`}</Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (!invite.isPending) invite.mutate({ email, ...access })
        }}
        className={css.form}
      >
        <TextField
          label={t`Email`}
          type="email"
          name="invited"
          autoComplete="off"
          autoFocus
          isRequired
          value={email}
          onChange={setEmail}
          error={
            invite.error &&
            (fieldProblems(invite.error).length === 0 || !isFieldOnly) &&
            explainPeople(invite.error, i18n)
          }
        />
        <AccessForm value={access} onChange={setAccess} error={invite.error} />
      </form>
    </Dialog>
  )
}

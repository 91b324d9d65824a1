import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { MailX } from 'lucide-react'
import { useState } from 'react'
import { api } from '../api/client.ts'
import { codeOf, explain } from '../api/explain.ts'
import { ErrorState } from '../app/page-states.tsx'
import { useRoleNames } from '../app/role-names.ts'
import { signOut } from '../app/session.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Spinner } from '../ui/spinner.tsx'
import css from './form.module.css'
import { NewcomerForm } from './newcomer-form.tsx'
import { PasswordForm } from './password-form.tsx'
import { SecondStepForm } from './second-step-form.tsx'
import { SignInFrame } from './sign-in-frame.tsx'

/** Where the link of an invitation leads; its token stands behind the #. */
export default function InviteScreen() {
  const { t, i18n } = useLingui()
  const token = useLocation({ select: (location) => location.hash })
  const roleNames = useRoleNames()
  const invitation = useQuery(api.account.invitation.queryOptions({ input: { token }, staleTime: 0, retry: false }))
  const accept = useMutation(
    api.account.acceptInvitation.mutationOptions({
      onSuccess: ({ workspaceId }) => location.assign(`/w/${workspaceId}/inbox`),
    }),
  )
  const [isSecondStep, setSecondStep] = useState(false)

  if (invitation.error) {
    const isGone = ['NOT_FOUND', 'BAD_REQUEST'].includes(codeOf(invitation.error) ?? '')
    return (
      <SignInFrame title={t`Invitation`}>
        {isGone ? (
          <Empty icon={MailX} title={t`This invitation is over`}>
            <Trans>It was used, taken back, or its seven days have passed. Ask for a new one.</Trans>
          </Empty>
        ) : (
          <ErrorState error={invitation.error} onRetry={() => void invitation.refetch()} />
        )}
      </SignInFrame>
    )
  }
  if (!invitation.data)
    return (
      <SignInFrame title={t`Invitation`}>
        <Spinner />
      </SignInFrame>
    )

  const { workspaceName, email, role, invitedBy, hasAccount, signedInAs } = invitation.data
  const roleName = roleNames[role]
  const refused = accept.error && (
    <Banner tone="danger" live>
      {explain(accept.error, i18n)}
    </Banner>
  )
  return (
    <SignInFrame
      title={t`Join ${workspaceName}`}
      lead={
        <Trans>
          {invitedBy} invites {email} to work here as {roleName}.
        </Trans>
      }
    >
      {signedInAs === email ? (
        <div className={css.form}>
          {refused}
          <Button
            look="primary"
            size="lg"
            wide
            isPending={accept.isPending || accept.isSuccess}
            onPress={() => accept.mutate({ token })}
          >
            {t`Join`}
          </Button>
        </div>
      ) : signedInAs !== null ? (
        <div className={css.form}>
          <Banner tone="warn">
            <Trans>
              You are signed in as {signedInAs}, but this invitation is for {email}. Sign out, then open the link again.
            </Trans>
          </Banner>
          <Button size="lg" wide onPress={() => void signOut()}>
            {t`Sign out`}
          </Button>
        </div>
      ) : isSecondStep ? (
        <SecondStepForm onDone={() => accept.mutate({ token })} onBack={() => setSecondStep(false)} />
      ) : hasAccount ? (
        <>
          <p className={css.aside}>
            <Trans>You have an account with this address: sign in to join.</Trans>
          </p>
          {refused}
          <PasswordForm
            email={email}
            isFixed
            onEmail={() => {}}
            onDone={(secondStep) => (secondStep ? setSecondStep(true) : accept.mutate({ token }))}
          />
        </>
      ) : (
        <NewcomerForm
          email={email}
          isPending={accept.isPending || accept.isSuccess}
          error={accept.error}
          onSubmit={(person) => accept.mutate({ token, ...person })}
        />
      )}
    </SignInFrame>
  )
}

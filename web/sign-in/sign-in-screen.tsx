import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Navigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../api/client.ts'
import { ForgotForm } from './forgot-form.tsx'
import { PasswordForm } from './password-form.tsx'
import { SecondStepForm } from './second-step-form.tsx'
import { SignInFrame } from './sign-in-frame.tsx'

const route = getRouteApi('/sign-in')

/** Signing in: the password, the second step where one is set up, and the way out for who forgot it. */
export default function SignInScreen() {
  const { t } = useLingui()
  const { to } = route.useSearch()
  const state = useQuery(api.account.state.queryOptions({ staleTime: 0 }))
  const [step, setStep] = useState<'password' | 'code' | 'forgot'>('password')
  const [email, setEmail] = useState('')
  // a fresh page: nothing of whoever was here before stays in memory
  const enter = () => location.assign(to ?? '/')
  if (state.data?.firstRun) return <Navigate to="/sign-up" replace />

  if (step === 'forgot')
    return (
      <SignInFrame title={t`A new password`}>
        <ForgotForm email={email} hasMail={state.data?.mail ?? true} onBack={() => setStep('password')} />
      </SignInFrame>
    )
  if (step === 'code')
    return (
      <SignInFrame
        title={t`Second step`}
        lead={<Trans>Open the authenticator app on your phone and type the code it shows for Ficha.</Trans>}
      >
        <SecondStepForm onDone={enter} onBack={() => setStep('password')} />
      </SignInFrame>
    )
  return (
    <SignInFrame title={t`Sign in`}>
      <PasswordForm
        email={email}
        onEmail={setEmail}
        onDone={(secondStep) => (secondStep ? setStep('code') : enter())}
        onForgot={() => setStep('forgot')}
      />
    </SignInFrame>
  )
}

import { Trans, useLingui } from '@lingui/react/macro'
import { Link, useLocation } from '@tanstack/react-router'
import { useState } from 'react'
import { Form } from 'react-aria-components'
import { callAuth, explainAuth } from '../api/auth.ts'
import { Banner } from '../ui/banner.tsx'
import { Button, buttonClass } from '../ui/button.tsx'
import { TextField } from '../ui/text-field.tsx'
import css from './form.module.css'
import { SignInFrame } from './sign-in-frame.tsx'
import { useSend } from './use-send.ts'

/** Where the link of a password reset leads; its token stands behind the #. */
export default function ResetScreen() {
  const { t } = useLingui()
  const token = useLocation({ select: (location) => location.hash })
  const [newPassword, setNewPassword] = useState('')
  const [isDone, setDone] = useState(false)
  const { isPending, problem, submit } = useSend(async () => {
    await callAuth('/reset-password', { token, newPassword })
    setDone(true)
  }, explainAuth)

  if (isDone)
    return (
      <SignInFrame
        title={t`Your password is set`}
        lead={<Trans>All your sessions were closed. Sign in with the new password.</Trans>}
      >
        <div className={css.form}>
          <Link to="/sign-in" className={buttonClass('primary', 'lg', true)}>
            {t`Sign in`}
          </Link>
        </div>
      </SignInFrame>
    )
  return (
    <SignInFrame title={t`Choose a new password`}>
      <Form className={css.form ?? ''} onSubmit={submit}>
        {problem && (
          <Banner tone="danger" live>
            {problem}
          </Banner>
        )}
        <TextField
          label={t`New password`}
          hint={t`At least 10 characters. A few words in a row are easy to remember and hard to guess.`}
          type="password"
          name="new-password"
          autoComplete="new-password"
          size="lg"
          autoFocus
          isRequired
          minLength={10}
          maxLength={128}
          value={newPassword}
          onChange={setNewPassword}
        />
        <Button type="submit" look="primary" size="lg" wide isPending={isPending}>
          {t`Set the password`}
        </Button>
        <p className={css.aside}>
          <Link to="/sign-in" className={css.textButton}>
            <Trans>Back to signing in</Trans>
          </Link>
        </p>
      </Form>
    </SignInFrame>
  )
}

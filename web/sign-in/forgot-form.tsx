import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Form } from 'react-aria-components'
import { callAuth, explainAuth } from '../api/auth.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/text-field.tsx'
import css from './form.module.css'
import { useSend } from './use-send.ts'

/** Has a link mailed that sets a new password; where the system has no mail, says who can make one. */
export function ForgotForm(props: { email: string; hasMail: boolean; onBack: () => void }) {
  const { t } = useLingui()
  const [email, setEmail] = useState(props.email)
  const [isSent, setSent] = useState(false)
  const { isPending, problem, submit } = useSend(async () => {
    await callAuth('/request-password-reset', { email })
    setSent(true)
  }, explainAuth)
  const address = email || 'ana@example.com'
  const back = (
    <Button size="lg" wide onPress={props.onBack}>
      {t`Back to signing in`}
    </Button>
  )

  if (!props.hasMail)
    return (
      <div className={css.form}>
        <Banner>
          <Trans>
            This Ficha cannot send mail yet. Ask whoever runs the server for a link: they make one with{' '}
            <code className={css.command}>npm run ficha -- reset-password --email {address}</code>
          </Trans>
        </Banner>
        {back}
      </div>
    )
  if (isSent)
    return (
      <div className={css.form}>
        <Banner tone="ok" live>
          <Trans>
            If {email} has an account, a mail with a link is on its way. The link works for one hour. Look among the
            unwanted mail too.
          </Trans>
        </Banner>
        {back}
      </div>
    )
  return (
    <Form className={css.form ?? ''} onSubmit={submit}>
      <p className={css.aside}>
        <Trans>We send you a link to choose a new password.</Trans>
      </p>
      {problem && (
        <Banner tone="danger" live>
          {problem}
        </Banner>
      )}
      <TextField
        label={t`Email`}
        type="email"
        name="email"
        autoComplete="username"
        size="lg"
        autoFocus
        isRequired
        value={email}
        onChange={setEmail}
      />
      <Button type="submit" look="primary" size="lg" wide isPending={isPending}>
        {t`Send the link`}
      </Button>
      {back}
    </Form>
  )
}

import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button as PlainButton, Form } from 'react-aria-components'
import { callAuth, explainAuth } from '../api/auth.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/text-field.tsx'
import css from './form.module.css'
import { useSend } from './use-send.ts'

/** Address and password. `onDone` hears whether a second step follows. */
export function PasswordForm(props: {
  email: string
  onEmail: (email: string) => void
  onDone: (secondStep: boolean) => void
  onForgot?: () => void
  /** The address cannot be another one: an invitation's. */
  isFixed?: boolean
}) {
  const { t } = useLingui()
  const [password, setPassword] = useState('')
  const { isPending, problem, submit } = useSend(async () => {
    const { secondStep } = await callAuth<{ secondStep: boolean }>('/sign-in/email', { email: props.email, password })
    props.onDone(secondStep)
  }, explainAuth)
  return (
    <Form className={css.form ?? ''} onSubmit={submit}>
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
        autoFocus={!props.isFixed}
        isRequired
        isReadOnly={props.isFixed ?? false}
        value={props.email}
        onChange={props.onEmail}
      />
      <TextField
        label={t`Password`}
        type="password"
        name="password"
        autoComplete="current-password"
        size="lg"
        autoFocus={props.isFixed ?? false}
        isRequired
        value={password}
        onChange={setPassword}
      />
      <Button type="submit" look="primary" size="lg" wide isPending={isPending}>
        {t`Sign in`}
      </Button>
      {props.onForgot && (
        <p className={css.aside}>
          <PlainButton className={css.textButton ?? ''} onPress={props.onForgot}>
            <Trans>I forgot my password</Trans>
          </PlainButton>
        </p>
      )}
    </Form>
  )
}

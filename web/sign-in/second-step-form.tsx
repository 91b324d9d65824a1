import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button as PlainButton, Form } from 'react-aria-components'
import { AuthRefusal, callAuth, explainAuth } from '../api/auth.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/text-field.tsx'
import css from './form.module.css'
import { useSend } from './use-send.ts'

/** After these the challenge is gone: only the password brings a new one. */
const isOver = (error: unknown) =>
  error instanceof AuthRefusal &&
  ['INVALID_TWO_FACTOR_COOKIE', 'TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE'].includes(error.code)

/** The code of the authenticator, or one of the backup codes. */
export function SecondStepForm(props: { onDone: () => void; onBack: () => void }) {
  const { t } = useLingui()
  const [kind, setKind] = useState<'totp' | 'backup'>('totp')
  const [code, setCode] = useState('')
  const { isPending, problem, submit } = useSend(
    async () => {
      const path = kind === 'totp' ? '/two-factor/verify-totp' : '/two-factor/verify-backup-code'
      await callAuth(path, { code: kind === 'totp' ? code.replace(/\D/g, '') : code.trim() })
      props.onDone()
    },
    (error) => ({ text: explainAuth(error), isOver: isOver(error) }),
  )
  const other = () => {
    setKind(kind === 'totp' ? 'backup' : 'totp')
    setCode('')
  }
  return (
    <Form className={css.form ?? ''} onSubmit={submit}>
      {problem && (
        <Banner tone="danger" live>
          {problem.text}
        </Banner>
      )}
      {kind === 'totp' ? (
        <TextField
          key="totp"
          label={t`Code of six digits`}
          className={css.code ?? ''}
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          size="lg"
          autoFocus
          isRequired
          maxLength={7}
          value={code}
          onChange={setCode}
        />
      ) : (
        <TextField
          key="backup"
          label={t`Backup code`}
          hint={t`One of those you kept when you set up the second step. Each works once.`}
          name="backup-code"
          autoComplete="off"
          size="lg"
          autoFocus
          isRequired
          value={code}
          onChange={setCode}
        />
      )}
      {problem?.isOver ? (
        <Button look="primary" size="lg" wide onPress={props.onBack}>
          {t`Start again`}
        </Button>
      ) : (
        <Button type="submit" look="primary" size="lg" wide isPending={isPending}>
          {t`Continue`}
        </Button>
      )}
      <p className={css.aside}>
        <PlainButton className={css.textButton ?? ''} onPress={other}>
          {kind === 'totp' ? <Trans>Use a backup code</Trans> : <Trans>Use the authenticator app</Trans>}
        </PlainButton>
      </p>
    </Form>
  )
}

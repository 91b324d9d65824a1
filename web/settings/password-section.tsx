import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Form } from 'react-aria-components'
import { callAuth } from '../api/auth.ts'
import { api } from '../api/client.ts'
import { useMe } from '../api/me.ts'
import { queryClient } from '../api/query-client.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/text-field.tsx'
import { toast } from '../ui/toast-store.ts'
import css from './settings.module.css'
import { useAuthForm } from './use-auth-form.ts'

/** A new password; every other session ends with the old one. */
export function PasswordSection() {
  const { t } = useLingui()
  const me = useMe()
  const [currentPassword, setCurrent] = useState('')
  const [newPassword, setNew] = useState('')
  const { isPending, problem, run } = useAuthForm()
  return (
    <section className={css.section}>
      <h2>
        <Trans>Password</Trans>
      </h2>
      <Form
        className={css.form ?? ''}
        onSubmit={(event) => {
          event.preventDefault()
          run(async () => {
            await callAuth('/change-password', { currentPassword, newPassword })
            setCurrent('')
            setNew('')
            toast(t`Password changed. Your other sessions were closed.`, { tone: 'ok' })
            await queryClient.invalidateQueries({ queryKey: api.account.security.key() })
          })
        }}
      >
        {problem && (
          <Banner tone="danger" live>
            {problem}
          </Banner>
        )}
        {/* for password managers: whose password this is */}
        <input type="hidden" autoComplete="username" value={me.email} readOnly />
        <TextField
          label={t`Present password`}
          type="password"
          name="current-password"
          autoComplete="current-password"
          isRequired
          value={currentPassword}
          onChange={setCurrent}
        />
        <TextField
          label={t`New password`}
          hint={t`At least 10 characters. Your other sessions end when it changes.`}
          type="password"
          name="new-password"
          autoComplete="new-password"
          isRequired
          minLength={10}
          maxLength={128}
          value={newPassword}
          onChange={setNew}
        />
        <div className={css.actions}>
          <Button type="submit" isPending={isPending}>
            {t`Change the password`}
          </Button>
        </div>
      </Form>
    </section>
  )
}

import { useLingui } from '@lingui/react/macro'
import { useState, type ReactNode } from 'react'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/text-field.tsx'
import { useAuthForm } from './use-auth-form.ts'

const formId = 'password-step'

/** Asks for the password once more before something about the account's safety changes. */
export function PasswordStep(props: {
  title: ReactNode
  confirm: string
  danger?: boolean
  onClose: () => void
  onPassword: (password: string) => Promise<void>
  children?: ReactNode
}) {
  const { t } = useLingui()
  const [password, setPassword] = useState('')
  const { isPending, problem, run } = useAuthForm()
  return (
    <Dialog
      isOpen
      onClose={props.onClose}
      title={props.title}
      actions={
        <>
          <Button size="lg" onPress={props.onClose}>{t`Cancel`}</Button>
          <Button
            size="lg"
            look={props.danger ? 'danger' : 'primary'}
            type="submit"
            form={formId}
            isPending={isPending}
          >
            {props.confirm}
          </Button>
        </>
      }
    >
      {props.children}
      {problem && (
        <Banner tone="danger" live>
          {problem}
        </Banner>
      )}
      <form
        id={formId}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          run(() => props.onPassword(password))
        }}
      >
        <TextField
          label={t`Your password`}
          type="password"
          name="current-password"
          autoComplete="current-password"
          autoFocus
          isRequired
          value={password}
          onChange={setPassword}
        />
      </form>
    </Dialog>
  )
}

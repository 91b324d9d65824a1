import { useLingui } from '@lingui/react/macro'
import { TextField } from '../ui/text-field.tsx'
import type { ServerDraft } from './draft.ts'
import type { FieldErrors } from './field-words.ts'
import { SecretField } from './secret-field.tsx'

/** User and password at one mail server; at `sharedWith` too, so what is wrong there shows here. */
export function SignInFields(props: {
  path: 'smtp' | 'imap'
  sharedWith?: 'imap' | undefined
  server: ServerDraft
  isKept: boolean
  errors: FieldErrors
  onChange: (change: Partial<ServerDraft>) => void
}) {
  const { t } = useLingui()
  const { path, sharedWith, server, isKept, errors, onChange } = props
  const errorOf = (key: 'user' | 'password') => errors.get(`${path}.${key}`) ?? errors.get(`${sharedWith}.${key}`)
  return (
    <>
      <TextField
        label={path === 'smtp' ? t`User` : t`User of the mailbox`}
        hint={path === 'smtp' ? t`Usually the address itself.` : undefined}
        name={`${path}.user`}
        autoComplete="off"
        value={server.user}
        onChange={(user) => onChange({ user })}
        error={errorOf('user')}
      />
      <SecretField
        label={path === 'smtp' ? t`Password` : t`Password of the mailbox`}
        name={`${path}.password`}
        value={server.password}
        onChange={(password) => onChange({ password })}
        error={errorOf('password')}
        isKept={isKept}
      />
    </>
  )
}

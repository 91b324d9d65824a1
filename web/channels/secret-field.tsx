import { useLingui } from '@lingui/react/macro'
import { TextField } from '../ui/text-field.tsx'

/** A password or token. It never comes back from the server: where one is kept, empty leaves it as it is. */
export function SecretField(props: {
  label: string
  hint?: string
  name: string
  value: string
  onChange: (value: string) => void
  error: string | undefined
  isKept: boolean
}) {
  const { t } = useLingui()
  const { hint, isKept, ...rest } = props
  return (
    <TextField
      {...rest}
      type="password"
      autoComplete="new-password"
      placeholder={isKept ? '••••••••••••' : ''}
      hint={isKept ? t`Kept safe. Leave it empty to keep it as it is.` : hint}
    />
  )
}

import { useLingui } from '@lingui/react/macro'
import type { FieldErrors } from './field-words.ts'
import { SecretField } from './secret-field.tsx'

/** The two secrets that every channel by Meta has. */
export function MetaKeyFields(props: {
  keys: { accessToken: string; appSecret: string }
  tokenHint: string
  isNew: boolean
  errors: FieldErrors
  onChange: (change: { accessToken?: string; appSecret?: string }) => void
}) {
  const { t } = useLingui()
  const { keys, tokenHint, isNew, errors, onChange } = props
  const field = (key: 'accessToken' | 'appSecret') => ({
    name: key,
    value: keys[key],
    onChange: (value: string) => onChange({ [key]: value.trim() }),
    error: errors.get(key),
    isKept: !isNew,
  })
  return (
    <>
      <SecretField {...field('accessToken')} label={t`Access token`} hint={tokenHint} />
      <SecretField
        {...field('appSecret')}
        label={t`App secret`}
        hint={t`Under “App settings › Basic”. It proves that a message really comes from Meta.`}
      />
    </>
  )
}

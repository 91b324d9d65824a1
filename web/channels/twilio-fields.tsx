import { useLingui } from '@lingui/react/macro'
import { TextField } from '../ui/text-field.tsx'
import type { TwilioDraft } from './draft.ts'
import type { FieldErrors } from './field-words.ts'
import { SecretField } from './secret-field.tsx'

/** What Twilio's console shows of an account and its numbers. */
export function TwilioFields(props: {
  draft: TwilioDraft
  isNew: boolean
  errors: FieldErrors
  onChange: (change: Partial<TwilioDraft>) => void
}) {
  const { t } = useLingui()
  const { draft, isNew, errors, onChange } = props
  const field = (key: 'accountSid' | 'authToken' | 'sender') => ({
    name: key,
    value: draft[key],
    onChange: (value: string) => onChange({ [key]: key === 'sender' ? value : value.trim() }),
    error: errors.get(key),
  })
  return (
    <>
      <TextField
        {...field('accountSid')}
        label={t`Account SID`}
        hint={t`On the first page of Twilio's console, under “Account Info”. It begins with AC.`}
        autoComplete="off"
      />
      <SecretField
        {...field('authToken')}
        label={t`Auth token`}
        hint={t`Right below it. It also proves that a message really comes from Twilio.`}
        isKept={!isNew}
      />
      <TextField
        {...field('sender')}
        label={t`Number or messaging service`}
        hint={t`The number with its country code, like +34600000142, or the service's SID, which begins with MG.`}
        autoComplete="off"
      />
    </>
  )
}

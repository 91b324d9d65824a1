import { useLingui } from '@lingui/react/macro'
import { RadioGroup } from '../ui/radio-group.tsx'
import { TextField } from '../ui/text-field.tsx'
import type { MetaDraft, WhatsappDraft } from './draft.ts'
import type { FieldErrors } from './field-words.ts'
import { MetaKeyFields } from './meta-key-fields.tsx'
import { TwilioFields } from './twilio-fields.tsx'

/** By whom the number is reached, and what is needed there. */
export function WhatsappFields(props: {
  draft: WhatsappDraft
  isNew: boolean
  errors: FieldErrors
  onChange: (draft: WhatsappDraft) => void
}) {
  const { t } = useLingui()
  const { draft, onChange, ...rest } = props
  return (
    <>
      {rest.isNew && (
        <RadioGroup
          label={t`The number is at`}
          choices={[
            { value: 'meta', name: 'Meta', note: t`The WhatsApp Business Platform itself.` },
            { value: 'twilio', name: 'Twilio', note: t`A WhatsApp sender of a Twilio account, or its sandbox.` },
          ]}
          value={draft.provider}
          onChange={(provider) => onChange({ ...draft, provider })}
        />
      )}
      {draft.provider === 'meta' ? (
        <MetaFields {...rest} draft={draft.meta} onChange={(meta) => onChange({ ...draft, meta })} />
      ) : (
        <TwilioFields
          {...rest}
          draft={draft.twilio}
          onChange={(change) => onChange({ ...draft, twilio: { ...draft.twilio, ...change } })}
        />
      )}
    </>
  )
}

/** What Meta's app dashboard shows of a number. */
function MetaFields(props: {
  draft: MetaDraft
  isNew: boolean
  errors: FieldErrors
  onChange: (draft: MetaDraft) => void
}) {
  const { t } = useLingui()
  const { draft, isNew, errors, onChange } = props
  const field = (key: 'phoneNumberId' | 'businessAccountId') => ({
    name: key,
    value: draft[key],
    onChange: (value: string) => onChange({ ...draft, [key]: value.trim() }),
    error: errors.get(key),
  })
  return (
    <>
      <TextField
        {...field('phoneNumberId')}
        label={t`Phone number ID`}
        hint={t`In Meta's app dashboard under “WhatsApp › API Setup”, below the number.`}
        autoComplete="off"
        inputMode="numeric"
      />
      <TextField
        {...field('businessAccountId')}
        label={t`WhatsApp Business account ID`}
        hint={t`In the same place, beside the number's ID.`}
        autoComplete="off"
        inputMode="numeric"
      />
      <MetaKeyFields
        keys={draft}
        tokenHint={t`Of a system user, without an end. The one “API Setup” offers ends after a day.`}
        isNew={isNew}
        errors={errors}
        onChange={(keys) => onChange({ ...draft, ...keys })}
      />
    </>
  )
}

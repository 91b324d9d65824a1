import { useLingui } from '@lingui/react/macro'
import { RadioGroup } from '../ui/radio-group.tsx'
import { TextField } from '../ui/text-field.tsx'
import type { CustomDraft } from './draft.ts'
import type { FieldErrors } from './field-words.ts'

/** Where the program of a custom channel listens, and how it names people. */
export function CustomFields(props: {
  draft: CustomDraft
  errors: FieldErrors
  onChange: (draft: CustomDraft) => void
}) {
  const { t } = useLingui()
  const { draft, errors, onChange } = props
  return (
    <>
      <TextField
        label={t`API base URL`}
        hint={t`Messages are sent with POST to this address followed by /message.`}
        name="apiBaseUrl"
        type="url"
        inputMode="url"
        autoComplete="off"
        placeholder="https://bridge.example.com"
        value={draft.apiBaseUrl}
        onChange={(apiBaseUrl) => onChange({ ...draft, apiBaseUrl: apiBaseUrl.trim() })}
        error={errors.get('apiBaseUrl')}
      />
      <RadioGroup
        label={t`People are named by`}
        choices={[
          {
            value: 'phone',
            name: t`Their phone number`,
            note: t`Somebody with the same number on another channel is the same contact.`,
          },
          { value: 'custom', name: t`An ID of your program`, note: t`Any text, such as a user name.` },
        ]}
        value={draft.contactIdType}
        onChange={(contactIdType) => onChange({ ...draft, contactIdType })}
      />
    </>
  )
}

import { useLingui } from '@lingui/react/macro'
import type { TelegramDraft } from './draft.ts'
import type { FieldErrors } from './field-words.ts'
import { SecretField } from './secret-field.tsx'

/** What @BotFather gives of a bot. */
export function TelegramFields(props: {
  draft: TelegramDraft
  isNew: boolean
  errors: FieldErrors
  onChange: (draft: TelegramDraft) => void
}) {
  const { t } = useLingui()
  const { draft, isNew, errors, onChange } = props
  return (
    <SecretField
      label={t`Bot token`}
      hint={t`Write /newbot to @BotFather, or /token for a bot you have. It looks like 123456789:AAF….`}
      name="botToken"
      value={draft.botToken}
      onChange={(botToken) => onChange({ ...draft, botToken: botToken.trim() })}
      error={errors.get('botToken')}
      isKept={!isNew}
    />
  )
}

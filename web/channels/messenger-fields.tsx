import { useLingui } from '@lingui/react/macro'
import { TextField } from '../ui/text-field.tsx'
import type { MessengerDraft } from './draft.ts'
import type { FieldErrors } from './field-words.ts'
import { MetaKeyFields } from './meta-key-fields.tsx'

/** What Meta's app dashboard shows of a page. */
export function MessengerFields(props: {
  draft: MessengerDraft
  isNew: boolean
  errors: FieldErrors
  onChange: (draft: MessengerDraft) => void
}) {
  const { t } = useLingui()
  const { draft, isNew, errors, onChange } = props
  return (
    <>
      <TextField
        name="pageId"
        value={draft.pageId}
        onChange={(value) => onChange({ ...draft, pageId: value.trim() })}
        error={errors.get('pageId')}
        label={t`Page ID`}
        hint={t`On the page itself under “About › Page transparency”.`}
        autoComplete="off"
        inputMode="numeric"
      />
      <MetaKeyFields
        keys={draft}
        tokenHint={t`The page's own, made in the app dashboard under “Messenger › API settings”. A system user's page token has no end.`}
        isNew={isNew}
        errors={errors}
        onChange={(keys) => onChange({ ...draft, ...keys })}
      />
    </>
  )
}

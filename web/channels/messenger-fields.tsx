import { useLingui } from '@lingui/react/macro'
import { Checkbox } from '../ui/checkbox.tsx'
import { TextField } from '../ui/text-field.tsx'
import type { InstagramDraft, MessengerDraft } from './draft.ts'
import type { FieldErrors } from './field-words.ts'
import { MetaKeyFields } from './meta-key-fields.tsx'

/** What Meta's app dashboard shows of a page, and of the Instagram account that is linked to it. */
export function MessengerFields(props: {
  draft: MessengerDraft | InstagramDraft
  isNew: boolean
  errors: FieldErrors
  onChange: (draft: MessengerDraft | InstagramDraft) => void
}) {
  const { t } = useLingui()
  const { draft, isNew, errors, onChange } = props
  const id = (key: 'pageId' | 'instagramId', value: string) => ({
    name: key,
    value,
    onChange: (next: string) => onChange({ ...draft, [key]: next.trim() }),
    error: errors.get(key),
    autoComplete: 'off',
    inputMode: 'numeric' as const,
  })
  return (
    <>
      {draft.kind === 'instagram' && (
        <TextField
          {...id('instagramId', draft.instagramId)}
          label={t`Instagram account ID`}
          hint={t`In Meta's business settings under “Accounts › Instagram accounts”. It is a number, not the name.`}
        />
      )}
      <TextField
        {...id('pageId', draft.pageId)}
        label={draft.kind === 'instagram' ? t`ID of the linked page` : t`Page ID`}
        hint={t`On the page itself under “About › Page transparency”.`}
      />
      <MetaKeyFields
        keys={draft}
        tokenHint={t`The page's own, made in the app dashboard under “Messenger › API settings”. A system user's page token has no end.`}
        isNew={isNew}
        errors={errors}
        onChange={(keys) => onChange({ ...draft, ...keys })}
      />
      <Checkbox
        isSelected={draft.humanAgent}
        onChange={(humanAgent) => onChange({ ...draft, humanAgent })}
        note={t`Meta gives 24 hours to answer, and people seven days once it has approved “Human Agent” for your app.`}
      >
        {t`Our app has “Human Agent”`}
      </Checkbox>
    </>
  )
}

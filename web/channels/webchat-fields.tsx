import { useLingui } from '@lingui/react/macro'
import { Checkbox } from '../ui/checkbox.tsx'
import { TextArea } from '../ui/text-area.tsx'
import { TextField } from '../ui/text-field.tsx'
import css from './channels.module.css'
import type { WebchatDraft } from './draft.ts'
import type { FieldErrors } from './field-words.ts'

/** Where the chat may stand and how it looks. */
export function WebchatFields(props: {
  draft: WebchatDraft
  errors: FieldErrors
  onChange: (draft: WebchatDraft) => void
}) {
  const { t } = useLingui()
  const { draft, errors, onChange } = props
  const siteError = [...errors].find(([path]) => /^origins(\.|$)/.test(path))?.[1]
  return (
    <>
      <TextArea
        label={t`Your websites`}
        hint={t`One a line, like https://www.example.com. The chat appears on these and nowhere else.`}
        name="origins"
        rows={2}
        autoComplete="off"
        value={draft.origins}
        onChange={(origins) => onChange({ ...draft, origins })}
        error={siteError}
      />
      <TextField
        label={t`Heading`}
        hint={t`Visitors see it at the head of the chat.`}
        name="title"
        autoComplete="off"
        maxLength={60}
        value={draft.title}
        onChange={(title) => onChange({ ...draft, title })}
        error={errors.get('title')}
      />
      <TextArea
        label={t`Welcome`}
        hint={t`What stands there before anything was said. It may stay empty.`}
        name="welcome"
        rows={2}
        maxLength={500}
        value={draft.welcome}
        onChange={(welcome) => onChange({ ...draft, welcome })}
        error={errors.get('welcome')}
      />
      <label className={css.color}>
        <span>{t`Colour`}</span>
        <input
          type="color"
          name="color"
          value={draft.color}
          onChange={(event) => onChange({ ...draft, color: event.target.value })}
        />
      </label>
      <Checkbox
        isSelected={draft.identifiedOnly}
        onChange={(identifiedOnly) => onChange({ ...draft, identifiedOnly })}
        note={t`Everybody else sees no chat. Your website says who they are, with the secret shown once the channel is connected.`}
      >
        {t`Only for visitors who are signed in on the website`}
      </Checkbox>
    </>
  )
}

import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { TagColour, TagRow } from '#contract/tags.ts'
import { api, client } from '../api/client.ts'
import { fieldProblems } from '../api/explain.ts'
import { queryClient } from '../api/query-client.ts'
import { explainTags, TagMark } from '../tags/shared.ts'
import { TextField } from '../ui/text-field.tsx'
import { ColourGroup } from './colour-group.tsx'
import { SaveDialog } from './save-dialog.tsx'
import css from './settings.module.css'

/** A new tag, or another name and look for one. */
export function TagDialog({ tag, onClose }: { tag: TagRow | null; onClose: () => void }) {
  const { t, i18n } = useLingui()
  const [name, setName] = useState(tag?.name ?? '')
  const [colour, setColour] = useState<TagColour>(tag?.colour ?? 'blue')
  const [emoji, setEmoji] = useState(tag?.emoji ?? '')
  const [description, setDescription] = useState(tag?.description ?? '')
  const values = { name, colour, emoji: emoji.trim() === '' ? null : emoji.trim(), description }
  const save = useMutation({
    mutationFn: () => (tag ? client.tags.edit({ tagId: tag.id, ...values }) : client.tags.create(values)),
    retry: false,
    onSuccess: () => {
      for (const key of [api.tags.list.key(), api.contacts.get.key(), api.contacts.list.key()])
        void queryClient.invalidateQueries({ queryKey: key })
      onClose()
    },
  })
  const problem = save.error && explainTags(save.error, i18n)
  const isEmojiWrong = fieldProblems(save.error).some(({ path }) => path === 'emoji')
  return (
    <SaveDialog
      title={tag ? <Trans>Edit the tag</Trans> : <Trans>New tag</Trans>}
      save={save}
      onClose={onClose}
      className={css.fields}
    >
      <TextField
        label={t({ message: 'Name', context: 'of a tag' })}
        name="name"
        autoComplete="off"
        autoFocus
        isRequired
        maxLength={100}
        value={name}
        onChange={setName}
        error={!isEmojiWrong && problem}
      />
      <ColourGroup value={colour} onChange={setColour} />
      <TextField
        label={t`Emoji (optional)`}
        hint={t`Shown in place of the colour.`}
        name="emoji"
        autoComplete="off"
        maxLength={32}
        value={emoji}
        onChange={setEmoji}
        error={isEmojiWrong && problem}
      />
      <TextField
        label={t`What it is for (optional)`}
        name="description"
        autoComplete="off"
        maxLength={255}
        value={description}
        onChange={setDescription}
      />
      <p className={css.preview}>
        <span className={css.note}>{t`Shown like this:`}</span>
        <span className={css.sample}>
          <TagMark tag={{ ...values, name: name.trim() || t({ message: 'Name', context: 'of a tag' }) }} />
        </span>
      </p>
    </SaveDialog>
  )
}

import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { LifecycleStage } from '#contract/lifecycle.ts'
import { client } from '../api/client.ts'
import { fieldProblems } from '../api/explain.ts'
import { Checkbox } from '../ui/checkbox.tsx'
import { TextField } from '../ui/text-field.tsx'
import { explainLifecycle } from './explain-lifecycle.ts'
import css from './settings.module.css'
import { SaveDialog } from './save-dialog.tsx'
import { askLifecycleAgain } from './use-stages.ts'

/** A new stage, or another name, look and meaning for one. */
export function StageDialog({ stage, onClose }: { stage: LifecycleStage | null; onClose: () => void }) {
  const { t, i18n } = useLingui()
  const [name, setName] = useState(stage?.name ?? '')
  const [emoji, setEmoji] = useState(stage?.emoji ?? '')
  const [description, setDescription] = useState(stage?.description ?? '')
  const [isLost, setLost] = useState(stage?.kind === 'lost')
  const save = useMutation({
    mutationFn: () => {
      const kind = isLost ? ('lost' as const) : ('stage' as const)
      const values = { name, emoji: emoji.trim() === '' ? null : emoji.trim(), description, kind }
      return stage === null ? client.lifecycle.create(values) : client.lifecycle.edit({ stageId: stage.id, ...values })
    },
    retry: false,
    onSuccess: () => {
      askLifecycleAgain()
      onClose()
    },
  })
  const problem = save.error && explainLifecycle(save.error, i18n)
  const isEmojiWrong = fieldProblems(save.error).some(({ path }) => path === 'emoji')
  return (
    <SaveDialog
      title={stage ? <Trans>Edit the stage</Trans> : <Trans>New stage</Trans>}
      save={save}
      onClose={onClose}
      className={css.fields}
    >
      <TextField
        label={t({ message: 'Name', context: 'of a stage' })}
        name="name"
        autoComplete="off"
        autoFocus
        isRequired
        maxLength={50}
        value={name}
        onChange={setName}
        error={!isEmojiWrong && problem}
      />
      <TextField
        label={t`Emoji (optional)`}
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
      <Checkbox isSelected={isLost} onChange={setLost} note={t`Shown quietly, wherever the contact is.`}>
        {t`Whoever is in it has left the journey`}
      </Checkbox>
    </SaveDialog>
  )
}

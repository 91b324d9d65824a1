import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { explain, reasonOf } from '../api/explain.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/text-field.tsx'

/** Asks what a workflow is called. `save` may refuse it; then the reason stands at the field. */
export default function NameDialog(props: {
  title: string
  act: string
  name: string
  save: (name: string) => Promise<unknown>
  onClose: () => void
}) {
  const { t, i18n } = useLingui()
  const [name, setName] = useState(props.name)
  const save = useMutation({ mutationFn: () => props.save(name.trim()), onSuccess: props.onClose })
  const reasons: Record<string, string> = {
    'name-taken': t`There is already a workflow with this name.`,
    'too-many': t`There is no room for another workflow. Delete one first.`,
  }
  const error =
    save.error === null
      ? undefined
      : (reasons[reasonOf(save.error) ?? ''] ?? (name.trim() === '' ? t`Give it a name.` : explain(save.error, i18n)))
  return (
    <Dialog
      isOpen
      onClose={props.onClose}
      title={props.title}
      actions={
        <>
          <Button size="lg" onPress={props.onClose}>{t`Cancel`}</Button>
          <Button size="lg" look="primary" type="submit" form="workflow-name" isPending={save.isPending}>
            {props.act}
          </Button>
        </>
      }
    >
      <form
        id="workflow-name"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (!save.isPending) save.mutate()
        }}
      >
        <TextField
          label={t({ message: 'Name', context: 'of a thing' })}
          autoComplete="off"
          autoFocus
          isRequired
          maxLength={80}
          value={name}
          onChange={(text) => {
            save.reset()
            setName(text)
          }}
          error={error}
        />
      </form>
    </Dialog>
  )
}

import { Trans, useLingui } from '@lingui/react/macro'
import { useState, type FormEvent } from 'react'
import { explain, reasonOf } from '../api/explain.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/text-field.tsx'
import css from './segments.module.css'

/** Asks for a segment's name. `save` may refuse it; then the reason stands at the field. */
export default function NameDialog(props: {
  title: string
  name: string
  save: (name: string) => Promise<unknown>
  onClose: () => void
}) {
  const { t, i18n } = useLingui()
  const [name, setName] = useState(props.name)
  const [error, setError] = useState<string | null>(null)
  const [isPending, setPending] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setPending(true)
    props
      .save(name.trim())
      .then(props.onClose)
      .catch((reason: unknown) => {
        setPending(false)
        setError(
          reasonOf(reason) === 'name-taken'
            ? t`There is already a segment with this name.`
            : reasonOf(reason) === 'too-many'
              ? t`There is no room for another segment. Delete one first.`
              : explain(reason, i18n),
        )
      })
  }
  return (
    <Dialog
      isOpen
      onClose={props.onClose}
      title={props.title}
      actions={
        <>
          <Button onPress={props.onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button look="primary" type="submit" form="segment-name" isPending={isPending}>
            <Trans>Save</Trans>
          </Button>
        </>
      }
    >
      <form id="segment-name" onSubmit={submit} className={css.form}>
        <TextField
          label={t`Name of the segment`}
          value={name}
          onChange={setName}
          maxLength={60}
          isRequired
          autoFocus
          error={error}
        />
      </form>
    </Dialog>
  )
}

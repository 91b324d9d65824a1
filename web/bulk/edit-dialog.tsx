import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { Selection } from '#contract/filter.ts'
import type { FieldKey, FieldValue } from '#contract/fields.ts'
import { manyFields } from '#contract/field-words.ts'
import { api } from '../api/client.ts'
import { fieldProblems } from '../api/explain.ts'
import { useWorkspace } from '../api/me.ts'
import { readNumber, useFieldName, useFields } from '../fields/shared.ts'
import { useFormats } from '../i18n/formats.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { ComboBox } from '../ui/combo-box.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { explainBulk } from './explain-bulk.ts'
import css from './edit-dialog.module.css'
import { followJob } from './followed-jobs.ts'
import { GivenValue } from './given-value.tsx'

type ManyField = (typeof manyFields)[number] | `#${number}`
const isMany = (key: FieldKey): key is ManyField => key.startsWith('#') || manyFields.some((one) => one === key)

/** Asks which value many contacts get, in which field. */
export default function EditDialog(props: { selection: Selection; onClose: () => void; onStarted: () => void }) {
  const { t, i18n } = useLingui()
  const { tag } = useFormats()
  const { selection, onClose } = props
  const workspace = useWorkspace().id
  const nameOf = useFieldName()
  const fields = (useFields() ?? []).filter(({ key }) => key === 'lifecycle' || isMany(key))
  const [key, setKey] = useState<FieldKey | null>(null)
  const [does, setDoes] = useState<'set' | 'empty'>('set')
  const [given, setGiven] = useState('')
  const [keepExisting, setKeepExisting] = useState(false)
  const onSuccess = ({ id }: { id: number }) => {
    followJob(workspace, id)
    props.onStarted()
  }
  const setStage = useMutation(api.bulk.setStage.mutationOptions({ onSuccess }))
  const setField = useMutation(api.bulk.setField.mutationOptions({ onSuccess }))
  const field = fields.find((one) => one.key === key)
  const type = field?.custom?.type
  const number = type === 'number' ? readNumber(given, tag) : null
  const [isWrongNumber, setWrongNumber] = useState(false)
  const change = (value: string) => {
    setGiven(value)
    setField.reset()
    setWrongNumber(false)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (key === null || (does === 'set' && given === '')) return
    if (key === 'lifecycle') return setStage.mutate({ selection, stageId: does === 'empty' ? null : Number(given) })
    if (!isMany(key)) return
    if (does === 'set' && type === 'number' && number === null) return setWrongNumber(true)
    const value: FieldValue | null =
      does === 'empty' ? null : type === 'checkbox' ? given === 'true' : type === 'number' ? number : given
    setField.mutate({ selection, field: key, value, keepExisting: does === 'set' && keepExisting })
  }
  const problem = fieldProblems(setField.error).find(({ path }) => path === 'value')
  const general = setStage.error ?? (problem === undefined ? setField.error : null)
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={<Trans>Edit the selected contacts</Trans>}
      actions={
        <>
          <Button size="lg" onPress={onClose}>{t`Cancel`}</Button>
          <Button
            size="lg"
            look="primary"
            type="submit"
            form="edit-many"
            isPending={setStage.isPending || setField.isPending}
            disabledReason={
              key === null
                ? t`Choose a field first.`
                : does === 'set' && given === ''
                  ? t`Say which value first.`
                  : undefined
            }
          >
            {does === 'set' ? <Trans>Set the value</Trans> : <Trans>Empty the field</Trans>}
          </Button>
        </>
      }
    >
      <form id="edit-many" noValidate className={css.form} onSubmit={submit}>
        {general !== null && (
          <Banner tone="danger" live>
            {explainBulk(general, i18n)}
          </Banner>
        )}
        <ComboBox
          label={t`Field`}
          placeholder={t`Choose…`}
          opensOnFocus
          choices={fields.map((one) => ({ id: one.key, name: nameOf(one.key) }))}
          value={key}
          onChange={(picked) => {
            setKey(picked)
            change('')
          }}
        />
        {field !== undefined && (
          <>
            <Segmented
              label={t`What happens with the field`}
              value={does}
              onChange={setDoes}
              choices={[
                { id: 'set', name: t`Set a value` },
                { id: 'empty', name: t`Empty it` },
              ]}
            />
            {does === 'set' && (
              <GivenValue
                key={field.key}
                field={field}
                value={given}
                onChange={change}
                problem={isWrongNumber ? { reason: 'number' } : problem}
              />
            )}
            {does === 'set' && key !== 'lifecycle' && (
              <Checkbox isSelected={keepExisting} onChange={setKeepExisting}>
                <Trans>Only where the field is empty</Trans>
              </Checkbox>
            )}
          </>
        )}
      </form>
    </Dialog>
  )
}

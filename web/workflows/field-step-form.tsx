import { useLingui } from '@lingui/react/macro'
import type { Step } from '#contract/workflows.ts'
import { Select } from '../ui/select.tsx'
import { problemAt } from './place-problems.ts'
import { useProblemWords } from './problem-words.ts'
import type { StepFormProps } from './step-form.tsx'
import { TemplateField } from './template-field.tsx'
import { useGivenChoices } from './use-choices.ts'
import css from './workflow.module.css'

type FieldStep = Extract<Step, { kind: 'field' }>

/** Which field is set, and to what; nothing empties it. */
export function FieldStepForm({ step, problems, onChange }: StepFormProps<'field'>) {
  const { t } = useLingui()
  const words = useProblemWords()
  const { fields, customs } = useGivenChoices()
  const custom = customs.find(({ id }) => step.field === `#${id}`)
  const options =
    custom?.type === 'checkbox'
      ? [
          { id: 'true', name: t`Yes` },
          { id: 'false', name: t`No` },
        ]
      : custom?.type === 'list'
        ? custom.options.map((id) => ({ id, name: id }))
        : null
  const write = (text: string): FieldStep['value'] => {
    if (text === '') return null
    return custom?.type === 'checkbox' ? text === 'true' : text
  }
  return (
    <div className={css.form}>
      <Select
        label={t`Field`}
        value={step.field}
        onChange={(field) => onChange({ ...step, field, value: null })}
        choices={fields}
        error={words(problemAt(problems, 'field'))}
      />
      {options === null ? (
        <TemplateField
          label={t`Value`}
          hint={t`Left empty, the field is emptied.`}
          rows={1}
          maxLength={1000}
          value={step.value === null ? '' : String(step.value)}
          onChange={(text) => onChange({ ...step, value: write(text) })}
          error={words(problemAt(problems, 'value'))}
        />
      ) : (
        <Select
          label={t`Value`}
          value={step.value === null ? '' : String(step.value)}
          onChange={(text) => onChange({ ...step, value: write(text) })}
          choices={[{ id: '', name: t`Empty it` }, ...options]}
          error={words(problemAt(problems, 'value'))}
        />
      )}
    </div>
  )
}

import { Trans, useLingui } from '@lingui/react/macro'
import { ArrowDown, ArrowUp, Plus, Trash2, X } from 'lucide-react'
import { use } from 'react'
import type { Step } from '#contract/workflows.ts'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import { ConditionsField } from './conditions-field.tsx'
import { problemAt } from './place-problems.ts'
import { useProblemWords } from './problem-words.ts'
import type { StepFormProps } from './step-form.tsx'
import { ValuesContext } from './use-places.ts'
import css from './workflow.module.css'

type Branch = Extract<Step, { kind: 'branch' }>
type Arm = Branch['arms'][number]
type ValueTest = Arm['values'][number]

/** The ways of a branch: the first whose conditions all hold is taken. Their steps stand beneath, in the list. */
export function BranchForm({ step, problems, onChange }: StepFormProps<'branch'>) {
  const { t } = useLingui()
  const words = useProblemWords()
  const { names, isOpen } = use(ValuesContext)
  const { arms } = step
  const write = (next: readonly Arm[]) => onChange({ ...step, arms: [...next] })
  const none = problems.find(({ path }) => path === 'arms')
  return (
    <div className={css.form}>
      {arms.map((arm, at) => {
        const number = at + 1
        const change = (part: Partial<Arm>) => write(arms.toSpliced(at, 1, { ...arm, ...part }))
        const swap = (by: -1 | 1) => write(arms.toSpliced(at, 1).toSpliced(at + by, 0, arm))
        return (
          // oxlint-disable-next-line react/no-array-index-key -- ways have no other name than their place
          <section key={at} className={css.arm} aria-label={t`Way ${number}`}>
            <div className={css.row}>
              <TextField
                aria-label={t`Name of way ${number}`}
                placeholder={t`Way ${number}`}
                maxLength={60}
                value={arm.name}
                onChange={(name) => change({ name })}
              />
              <IconButton
                size="sm"
                icon={ArrowUp}
                label={t`Try way ${number} earlier`}
                disabledReason={at === 0 ? t`It is the first.` : undefined}
                onPress={() => swap(-1)}
              />
              <IconButton
                size="sm"
                icon={ArrowDown}
                label={t`Try way ${number} later`}
                disabledReason={at === arms.length - 1 ? t`It is the last.` : undefined}
                onPress={() => swap(1)}
              />
              <IconButton
                size="sm"
                icon={Trash2}
                label={t`Remove way ${number}`}
                disabledReason={arm.steps.length > 0 ? t`Move or remove its steps first.` : undefined}
                onPress={() => write(arms.toSpliced(at, 1))}
              />
            </div>
            <ConditionsField
              label={t`If the contact`}
              isOptional={names.length > 0 || isOpen}
              filter={arm.filter}
              onChange={(filter) => change({ filter })}
              error={words(problemAt(problems, `arms.${at}.filter`))}
            />
            <Values
              values={arm.values}
              onChange={(values) => change({ values })}
              problemAt={(path) => words(problemAt(problems, `arms.${at}.values.${path}`))}
            />
          </section>
        )
      })}
      {none !== undefined && <p className={css.wrong}>{words(none)}</p>}
      {arms.length < 10 && (
        <Button
          size="sm"
          icon={Plus}
          onPress={() => write([...arms, { name: '', filter: { and: [] }, values: [], steps: [] }])}
        >
          <Trans>Add a way</Trans>
        </Button>
      )}
    </div>
  )
}

/** What is asked of the values that the workflow has come to know. */
function Values(props: {
  values: readonly ValueTest[]
  onChange: (values: ValueTest[]) => void
  problemAt: (path: string) => string | undefined
}) {
  const { t } = useLingui()
  const { names, isOpen } = use(ValuesContext)
  const { values, onChange } = props
  if (names.length === 0 && !isOpen && values.length === 0) return null
  const operators: Record<ValueTest['operator'], string> = {
    isEqualTo: t({ message: 'is', context: 'filter' }),
    isNotEqualTo: t({ message: 'is not', context: 'filter' }),
    exists: t({ message: 'has a value', context: 'filter' }),
    doesNotExist: t({ message: 'is empty', context: 'filter' }),
  }
  return (
    <div role="group" aria-label={t`And of this workflow`} className={css.part}>
      <p className={css.label}>{t`And of this workflow`}</p>
      {values.map((test, at) => {
        const change = (part: Partial<ValueTest>) => onChange(values.toSpliced(at, 1, { ...test, ...part }))
        const asks = test.operator === 'isEqualTo' || test.operator === 'isNotEqualTo'
        return (
          // oxlint-disable-next-line react/no-array-index-key -- tests have no other name than their place
          <div key={at} className={css.test}>
            {isOpen ? (
              <TextField
                aria-label={t`Value`}
                placeholder={t`Name`}
                maxLength={40}
                value={test.name}
                onChange={(name) => change({ name })}
                error={props.problemAt(`${at}.name`)}
              />
            ) : (
              <Select
                aria-label={t`Value`}
                value={test.name === '' ? null : test.name}
                onChange={(name) => change({ name })}
                choices={[...new Set([...names, test.name])].filter(Boolean).map((id) => ({ id, name: id }))}
                error={props.problemAt(`${at}.name`)}
              />
            )}
            <Select
              aria-label={t`Comparison`}
              value={test.operator}
              onChange={(operator) => change({ operator, value: null })}
              choices={(Object.keys(operators) as ValueTest['operator'][]).map((id) => ({ id, name: operators[id] }))}
            />
            {asks && (
              <TextField
                aria-label={t`Compared with`}
                maxLength={255}
                value={test.value ?? ''}
                onChange={(value) => change({ value })}
                error={props.problemAt(`${at}.value`)}
              />
            )}
            <IconButton
              size="sm"
              icon={X}
              label={t`Remove condition`}
              onPress={() => onChange(values.toSpliced(at, 1))}
            />
          </div>
        )
      })}
      {values.length < 10 && (
        <Button
          size="sm"
          look="ghost"
          icon={Plus}
          onPress={() => onChange([...values, { name: names[0] ?? '', operator: 'isEqualTo', value: '' }])}
        >
          <Trans>Ask for an answer</Trans>
        </Button>
      )}
    </div>
  )
}

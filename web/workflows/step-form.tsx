import { Trans, useLingui } from '@lingui/react/macro'
import type { Step } from '#contract/workflows.ts'
import { mostWaitDays } from '#contract/workflow-words.ts'
import { Checkbox } from '../ui/checkbox.tsx'
import { ManyChoice } from '../ui/many-choice.tsx'
import { Select } from '../ui/select.tsx'
import { AskForm } from './ask-form.tsx'
import { BranchForm } from './branch-form.tsx'
import { FieldStepForm } from './field-step-form.tsx'
import { HttpForm } from './http-form.tsx'
import { NumberField } from './number-field.tsx'
import { problemAt, type PartProblems } from './place-problems.ts'
import { useProblemWords } from './problem-words.ts'
import { SendForm } from './send-form.tsx'
import { TemplateField } from './template-field.tsx'
import { useGivenChoices } from './use-choices.ts'
import css from './workflow.module.css'

export interface StepFormProps<Kind extends Step['kind'] = Step['kind']> {
  readonly step: Extract<Step, { kind: Kind }>
  readonly problems: PartProblems
  readonly onChange: (step: Step) => void
}

/** What a step does, written where it stands. */
export function StepForm(props: StepFormProps & { workflowId: number; settle: () => Promise<boolean> }) {
  const { step, problems, onChange } = props
  switch (step.kind) {
    case 'send':
      return <SendForm step={step} problems={problems} onChange={onChange} />
    case 'ask':
      return <AskForm step={step} problems={problems} onChange={onChange} />
    case 'wait':
      return <WaitForm step={step} problems={problems} onChange={onChange} />
    case 'branch':
      return <BranchForm step={step} problems={problems} onChange={onChange} />
    case 'assign':
      return <AssignForm step={step} problems={problems} onChange={onChange} />
    case 'tag':
      return <TagForm step={step} problems={problems} onChange={onChange} />
    case 'field':
      return <FieldStepForm step={step} problems={problems} onChange={onChange} />
    case 'lifecycle':
      return <LifecycleForm step={step} problems={problems} onChange={onChange} />
    case 'close':
      return <CloseForm step={step} problems={problems} onChange={onChange} />
    case 'http':
      return <HttpForm {...props} step={step} />
    case 'open':
      return (
        <p className={css.hint}>
          <Trans>Where a conversation is open already, it stays as it is.</Trans>
        </p>
      )
    case 'stop':
      return (
        <p className={css.hint}>
          <Trans>The contact leaves the workflow here; what stands behind it is not done.</Trans>
        </p>
      )
  }
}

function WaitForm({ step, problems, onChange }: StepFormProps<'wait'>) {
  const { t } = useLingui()
  const words = useProblemWords()
  const most = { minutes: mostWaitDays * 1440, hours: mostWaitDays * 24, days: mostWaitDays }
  return (
    <div className={css.pair}>
      <NumberField
        label={t`How long`}
        value={step.amount}
        min={1}
        max={most[step.unit]}
        onChange={(amount) => onChange({ ...step, amount })}
        error={words(problemAt(problems, 'amount'))}
      />
      <Select
        label={t`Unit`}
        value={step.unit}
        onChange={(unit) => onChange({ ...step, unit, amount: Math.min(step.amount, most[unit]) })}
        choices={[
          { id: 'minutes' as const, name: t`Minutes` },
          { id: 'hours' as const, name: t`Hours` },
          { id: 'days' as const, name: t`Days` },
        ]}
      />
    </div>
  )
}

function AssignForm({ step, problems, onChange }: StepFormProps<'assign'>) {
  const { t } = useLingui()
  const words = useProblemWords()
  const { members, teams } = useGivenChoices()
  const { to } = step
  const value = to.kind === 'nobody' ? 'nobody' : to.kind === 'member' ? `member ${to.memberId}` : `team ${to.teamId}`
  const choose = (picked: string) => {
    const [kind, id] = picked.split(' ')
    if (kind === 'member') onChange({ ...step, to: { kind, memberId: Number(id) } })
    else if (kind === 'team') onChange({ ...step, to: { kind, teamId: Number(id) } })
    else onChange({ ...step, to: { kind: 'nobody' } })
  }
  return (
    <div className={css.form}>
      <Select
        label={t`To whom`}
        value={value}
        onChange={choose}
        error={words(problemAt(problems, 'to'))}
        choices={[
          { id: 'nobody', name: t`Nobody` },
          ...teams.map(({ id, name }) => ({
            id: `team ${id}`,
            name: t`Team ${name}`,
            note: t`The member with the fewest open conversations`,
          })),
          ...members.map(({ id, name }) => ({ id: `member ${id}`, name })),
        ]}
      />
      {to.kind !== 'nobody' && (
        <Checkbox isSelected={step.onlyUnassigned} onChange={(onlyUnassigned) => onChange({ ...step, onlyUnassigned })}>
          {t`Only where nobody looks after the contact yet`}
        </Checkbox>
      )}
    </div>
  )
}

function TagForm({ step, problems, onChange }: StepFormProps<'tag'>) {
  const { t } = useLingui()
  const words = useProblemWords()
  const { tags } = useGivenChoices()
  return (
    <div className={css.form}>
      <ManyChoice
        label={t`Put on`}
        choices={tags}
        values={step.add}
        onChange={(add) => onChange({ ...step, add })}
        error={words(problemAt(problems, 'add'))}
      />
      <ManyChoice
        label={t`Take off`}
        choices={tags}
        values={step.remove}
        onChange={(remove) => onChange({ ...step, remove })}
        error={words(problemAt(problems, 'remove'))}
      />
    </div>
  )
}

function LifecycleForm({ step, problems, onChange }: StepFormProps<'lifecycle'>) {
  const { t } = useLingui()
  const words = useProblemWords()
  const { stages } = useGivenChoices()
  return (
    <Select
      label={t`Stage`}
      value={step.stageId ?? 0}
      onChange={(id) => onChange({ ...step, stageId: id === 0 ? null : id })}
      choices={[{ id: 0, name: t`No stage` }, ...stages]}
      error={words(problemAt(problems, 'stageId'))}
    />
  )
}

function CloseForm({ step, problems, onChange }: StepFormProps<'close'>) {
  const { t } = useLingui()
  const words = useProblemWords()
  const { categories } = useGivenChoices()
  return (
    <div className={css.form}>
      <Select
        label={t`Category`}
        value={step.category ?? ''}
        onChange={(category) => onChange({ ...step, category: category === '' ? null : category })}
        choices={[{ id: '', name: t({ message: 'None', context: 'a category' }) }, ...categories]}
      />
      <TemplateField
        label={t`Summary`}
        maxLength={512}
        rows={2}
        value={step.summary ?? ''}
        onChange={(summary) => onChange({ ...step, summary: summary === '' ? null : summary })}
        error={words(problemAt(problems, 'summary'))}
      />
    </div>
  )
}

import { useLingui } from '@lingui/react/macro'
import { Plus, X } from 'lucide-react'
import { answerKinds } from '#contract/workflow-words.ts'
import type { Step } from '#contract/workflows.ts'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import { ChannelField } from './channel-field.tsx'
import { NumberField } from './number-field.tsx'
import { problemAt } from './place-problems.ts'
import { useProblemWords } from './problem-words.ts'
import type { StepFormProps } from './step-form.tsx'
import { TemplateField } from './template-field.tsx'
import { useGivenChoices } from './use-choices.ts'
import css from './workflow.module.css'

type Ask = Extract<Step, { kind: 'ask' }>

/** A question, what counts as its answer, and what becomes of it. */
export function AskForm({ step, problems, onChange }: StepFormProps<'ask'>) {
  const { t } = useLingui()
  const words = useProblemWords()
  const { fields } = useGivenChoices()
  const kinds: Record<Ask['answer'], string> = {
    text: t`Any text`,
    choice: t`One of some choices`,
    number: t`A number`,
    email: t`An email address`,
    phone: t`A phone number`,
    date: t`A date`,
  }
  const at = (path: string) => words(problemAt(problems, path))
  return (
    <div className={css.form}>
      <ChannelField
        channelId={step.channelId}
        onChange={(channelId) => onChange({ ...step, channelId })}
        error={at('channelId')}
      />
      <TemplateField
        label={t`Question`}
        maxLength={1024}
        value={step.question}
        onChange={(question) => onChange({ ...step, question })}
        error={at('question')}
      />
      <Select
        label={t`The answer is`}
        value={step.answer}
        onChange={(answer) => onChange({ ...step, answer, choices: answer === 'choice' ? step.choices : [] })}
        choices={answerKinds.map((id) => ({ id, name: kinds[id] }))}
      />
      {step.answer === 'choice' && <Choices step={step} problems={problems} onChange={onChange} />}
      <div className={css.pair}>
        <TextField
          label={t`Call it`}
          hint={t`Under this name later steps know the answer.`}
          maxLength={40}
          value={step.as}
          onChange={(as) => onChange({ ...step, as })}
          error={at('as')}
        />
        <Select
          label={t`And keep it in`}
          value={step.saveTo ?? ''}
          onChange={(field) => onChange({ ...step, saveTo: field === '' ? null : field })}
          choices={[{ id: '', name: t`No field` }, ...fields]}
          error={at('saveTo')}
        />
      </div>
      <Timeout minutes={step.timeoutMinutes} onChange={(timeoutMinutes) => onChange({ ...step, timeoutMinutes })} />
      {step.answer !== 'text' && (
        <>
          <NumberField
            label={t`Ask again so often, when the answer is something else`}
            value={step.retries}
            min={0}
            max={5}
            onChange={(retries) => onChange({ ...step, retries })}
          />
          <TemplateField
            label={t`Say then`}
            hint={t`Left empty, the question is sent again.`}
            rows={2}
            maxLength={1024}
            value={step.again ?? ''}
            onChange={(again) => onChange({ ...step, again: again === '' ? null : again })}
            error={at('again')}
          />
        </>
      )}
    </div>
  )
}

function Choices({ step, problems, onChange }: StepFormProps<'ask'>) {
  const { t } = useLingui()
  const words = useProblemWords()
  const { choices } = step
  const rows = choices.length === 0 ? ['', ''] : choices
  const write = (next: readonly string[]) => onChange({ ...step, choices: [...next] })
  return (
    <div role="group" aria-label={t`Choices`} className={css.part}>
      <p className={css.label}>{t`Choices`}</p>
      {rows.map((choice, at) => {
        const number = at + 1
        return (
          // oxlint-disable-next-line react/no-array-index-key -- choices have no other name than their place
          <div key={at} className={css.row}>
            <TextField
              aria-label={t`Choice ${number}`}
              maxLength={20}
              value={choice}
              onChange={(text) => write(rows.toSpliced(at, 1, text))}
              error={words(problemAt(problems, `choices.${at}`))}
            />
            <IconButton
              size="sm"
              icon={X}
              label={t`Remove choice ${number}`}
              onPress={() => write(rows.toSpliced(at, 1))}
            />
          </div>
        )
      })}
      {rows.length < 10 && (
        <Button size="sm" look="ghost" icon={Plus} onPress={() => write([...rows, ''])}>{t`Add a choice`}</Button>
      )}
      {words(problems.find(({ path }) => path === 'choices')) !== undefined && (
        <p className={css.wrong}>{words(problems.find(({ path }) => path === 'choices'))}</p>
      )}
    </div>
  )
}

const units = { minutes: 1, hours: 60, days: 1440 }

function Timeout({ minutes, onChange }: { minutes: number; onChange: (minutes: number) => void }) {
  const { t } = useLingui()
  const unit = minutes % 1440 === 0 ? 'days' : minutes % 60 === 0 ? 'hours' : 'minutes'
  const most = 30 * 1440
  return (
    <div className={css.pair}>
      <NumberField
        key={unit}
        label={t`Wait for the answer`}
        value={minutes / units[unit]}
        min={1}
        max={most / units[unit]}
        onChange={(amount) => onChange(amount * units[unit])}
      />
      <Select
        label={t`Unit`}
        value={unit}
        onChange={(picked) => onChange(Math.min(most, Math.max(1, Math.round(minutes / units[unit])) * units[picked]))}
        choices={[
          { id: 'minutes' as const, name: t`Minutes` },
          { id: 'hours' as const, name: t`Hours` },
          { id: 'days' as const, name: t`Days` },
        ]}
      />
    </div>
  )
}

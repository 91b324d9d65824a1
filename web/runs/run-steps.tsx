import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { api } from '../api/client.ts'
import { ErrorState } from '../app/page-states.tsx'
import { useFormats } from '../i18n/formats.ts'
import { Icon } from '../ui/icon.tsx'
import { StatusDot } from '../ui/pill.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { useRunWords, watchMs } from './run-words.ts'
import css from './runs.module.css'
import { stepIcons, useWorkflowWords } from './workflow-words.ts'

/** What the workflow says of a step, for whoever may see it. */
export interface StepTelling {
  /** What the step was to do, in a line. */
  readonly summaryOf: (stepId: string) => string
  /** What a way of the branch is called. */
  readonly wayOf: (stepId: string, arm: number) => string
}

/** What happened at each step of a run, the first on top. */
export function RunSteps({ runId, telling }: { runId: number; telling?: StepTelling | undefined }) {
  const { t } = useLingui()
  const { time, dateTime } = useFormats()
  const { steps } = useWorkflowWords()
  const { outcomeOf, reasonOf } = useRunWords()
  const { data, error, refetch } = useQuery({
    ...api.workflows.run.queryOptions({ input: { runId } }),
    refetchInterval: ({ state }) => (state.data?.state === 'ended' ? false : watchMs),
  })
  if (data === undefined)
    return error === null ? (
      <Spinner />
    ) : (
      <ErrorState error={error} title={t`The run couldn't be loaded`} onRetry={() => void refetch()} />
    )
  if (data.steps.length === 0)
    return (
      <p className={css.quiet}>
        <Trans>No step was taken yet.</Trans>
      </p>
    )
  return (
    <ol className={css.steps} aria-label={t`What happened`}>
      {data.steps.map((step) => {
        const { words, tone } = outcomeOf(step)
        const way = (step.arm ?? 0) + 1
        const summary = telling?.summaryOf(step.stepId) ?? ''
        const wayName = step.arm === null || step.arm < 0 ? '' : (telling?.wayOf(step.stepId, step.arm) ?? '')
        return (
          <li key={step.place}>
            <Icon of={stepIcons[step.kind]} />
            <div className={css.stepWords}>
              <p className={css.stepName}>
                {steps[step.kind].name}
                <StatusDot tone={tone}>{words}</StatusDot>
              </p>
              {summary !== '' && (
                <p className={css.told} dir="auto">
                  {summary}
                </p>
              )}
              {step.arm !== null && (
                <p className={css.quiet}>
                  {step.arm < 0
                    ? t`Went on by: otherwise`
                    : wayName === ''
                      ? t`Went on by way ${way}`
                      : t`Went on by: ${wayName}`}
                </p>
              )}
              {step.status !== null && (
                <p className={css.quiet}>
                  <Trans>Answered {step.status}</Trans>
                  {step.attempts > 1 && (
                    <>
                      {' '}
                      <Trans>at attempt {step.attempts}</Trans>
                    </>
                  )}
                </p>
              )}
              {reasonOf(step) !== null && <p className={css.quiet}>{reasonOf(step)}</p>}
              {Object.entries(step.values).map(([name, value]) => (
                <p key={name} className={css.value}>
                  <code>{name}</code> <bdi>{value}</bdi>
                </p>
              ))}
            </div>
            <time dateTime={step.startedAt} title={dateTime(step.startedAt)} className="num">
              {time(step.startedAt)}
            </time>
          </li>
        )
      })}
    </ol>
  )
}

import { Trans, useLingui } from '@lingui/react/macro'
import { CircleCheck, CircleX } from 'lucide-react'
import type { CheckResult } from '#contract/channels.ts'
import { Icon } from '../ui/icon.tsx'
import { Spinner } from '../ui/spinner.tsx'
import css from './channels.module.css'
import { explainProblem } from './problem-words.ts'
import { explainStep, nameStep } from './step-words.ts'

/** What a test has tried, one after the other, and what to do about the one that failed; read out when it is there. */
export function CheckSteps({ isPending, result }: { isPending: boolean; result: CheckResult | undefined }) {
  const { t, i18n } = useLingui()
  return (
    <div role="status" className={css.check} aria-label={t`Result of the test`}>
      {isPending && (
        <p className={css.trying}>
          <Spinner />
          <Trans>Trying it for real. This can take up to a minute.</Trans>
        </p>
      )}
      {result && (
        <>
          <p className={css.outcome} data-ok={result.ok}>
            {result.ok ? <Trans>It works.</Trans> : <Trans>It does not work yet.</Trans>}
          </p>
          <ul className={css.steps}>
            {result.steps.map((step) => {
              const { what, remedy } = explainProblem(step.code ?? '', i18n)
              return (
                <li key={step.step} data-ok={step.ok}>
                  <Icon of={step.ok ? CircleCheck : CircleX} label={step.ok ? t`Passed` : t`Did not pass`} />
                  {step.ok ? (
                    <span>{explainStep(step.step, step.detail, i18n)}</span>
                  ) : (
                    <div>
                      <strong>
                        {nameStep(step.step, i18n)}: {what}
                      </strong>{' '}
                      {remedy}
                      {step.detail && <code className={css.detail}>{step.detail}</code>}
                    </div>
                  )}
                </li>
              )
            })}
          </ul>
        </>
      )}
    </div>
  )
}

import type { CheckResult } from '#contract/channels.ts'
import { OutgoingFailure, type OutgoingProblem } from '../http/outgoing-failure.ts'
import { ProviderRefusal } from './provider-refusal.ts'

/** One thing to try. It throws what stands against it, or answers with words worth showing. */
export interface Trial {
  readonly step: string
  readonly run: () => Promise<string | null>
}

const codes: Record<OutgoingProblem, string> = {
  refused: 'address-refused',
  unreachable: 'unreachable',
  unanswered: 'no-answer',
  'too-large': 'answer-strange',
  encoded: 'answer-strange',
}

/** Tries one thing after the other; the first failure ends the list. */
export async function runCheck(trials: readonly Trial[]): Promise<CheckResult> {
  const steps: CheckResult['steps'] = []
  for (const { step, run } of trials) {
    try {
      steps.push({ step, ok: true, code: null, detail: await run() })
    } catch (error) {
      if (error instanceof ProviderRefusal) steps.push({ step, ok: false, code: error.code, detail: error.detail })
      else if (error instanceof OutgoingFailure)
        steps.push({ step, ok: false, code: codes[error.problem], detail: error.message })
      else throw error
      return { ok: false, steps }
    }
  }
  return { ok: true, steps }
}

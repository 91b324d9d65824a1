import { OutgoingFailure } from '../../http/outgoing-failure.ts'
import type { OutgoingAnswer } from '../../http/outgoing.ts'
import { findStep } from '../find-step.ts'
import { valuesOf } from '../make-request.ts'
import type { Stop } from '../program.ts'
import { hostOf } from '../request-url.ts'
import type { StepAct, StepOf, Stepped } from '../stepping.ts'

/** Tries of one request, all with the same `idempotency-key`: it is made at least once. */
const mostAttempts = 3
const restSeconds = [5, 30]
/** Whoever makes a request and has not said how it ended so long after its time was up is gone. */
const graceSeconds = 30

/** Marks that a request is being made, before it is: whoever is killed over it leaves a run that another takes up. */
export const http: StepAct<'http'> = {
  async carryOut({ tx, workspaceId, run, now, mayCall }, { timeoutSeconds, url }, stop) {
    const { attempts } = await findStep(tx, workspaceId, run)
    // it was being made when its process ended: it may have been acted on
    if (attempts >= mostAttempts) return over(stop, 'unknown', 'unanswered', attempts)
    if (!mayCall(hostOf(url) ?? ''))
      return { over: false, state: 'ready', until: new Date(now.getTime() + 300), attempts }
    const until = new Date(now.getTime() + (timeoutSeconds + graceSeconds) * 1000)
    return { over: false, state: 'calling', until, attempts: attempts + 1 }
  },
}

const over = (
  { into }: Stop,
  outcome: 'failed' | 'unknown',
  reason: string,
  attempts: number,
  status?: number,
): Stepped => ({
  over: true,
  outcome,
  reason,
  attempts,
  data: status === undefined ? {} : { status },
  next: into['failed'] ?? null,
})

/** What comes of an answer, or of there being none. What passes is tried again. */
export function judgeAnswer(
  step: StepOf<'http'>,
  stop: Stop,
  answer: OutgoingAnswer | OutgoingFailure | 'secret-needed',
  attempts: number,
  now: Date,
): Stepped {
  const rest = restSeconds[attempts - 1]
  const again = (): Stepped | null =>
    rest === undefined ? null : { over: false, state: 'ready', until: new Date(now.getTime() + rest * 1000), attempts }
  if (answer === 'secret-needed') return over(stop, 'failed', answer, attempts)
  if (answer instanceof OutgoingFailure) {
    const passes = answer.problem === 'unreachable' || answer.problem === 'unanswered'
    const retried = passes ? again() : null
    return retried ?? over(stop, answer.problem === 'unanswered' ? 'unknown' : 'failed', answer.problem, attempts)
  }
  const { status } = answer
  if (status < 300)
    return { over: true, outcome: 'done', attempts, data: { status, values: valuesOf(step, answer) }, next: stop.next }
  const retried = status === 429 || status >= 500 ? again() : null
  return retried ?? over(stop, 'failed', 'status', attempts, status)
}

import type { Attempt } from '../adapter.ts'
import { endRefused as endBy } from '../end-attempt.ts'
import type { GraphAnswer } from './graph.ts'
import type { TranslateError } from './translate-error.ts'

/** How an attempt ends that was answered with a refusal. */
export const endRefused = ({ status, error, retryAfterSeconds }: GraphAnswer, translate: TranslateError): Attempt =>
  endBy('Meta', status, translate(status, error), retryAfterSeconds)

/** How one ends when a file was refused on its way up: a type that is not taken is answered as a wrong parameter. */
export function endUpload(answer: GraphAnswer, translate: TranslateError): Attempt {
  const attempt = endRefused(answer, translate)
  return attempt.outcome === 'failed' && attempt.code === 'message-invalid'
    ? { ...attempt, code: 'media-rejected' }
    : attempt
}

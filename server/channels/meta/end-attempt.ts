import { OutgoingFailure } from '../../http/outgoing-failure.ts'
import type { Attempt } from '../adapter.ts'
import type { GraphAnswer } from './graph.ts'
import type { TranslateError } from './translate-error.ts'

/** How an attempt ends that was answered with a refusal. */
export function endRefused({ status, error, retryAfterSeconds }: GraphAnswer, translate: TranslateError): Attempt {
  // a gateway that gave up waiting does not know whether the message went
  if (status === 504) return { outcome: 'unknown', detail: 'Meta’s gateway did not wait for the answer (504).' }
  const { code, detail, passing, lineBroken, afterSeconds } = translate(status, error)
  if (!passing) return { outcome: 'failed', code, detail, ...(lineBroken ? { lineBroken } : {}) }
  const wait = retryAfterSeconds ?? afterSeconds
  return { outcome: 'retry', code, detail, ...(wait === undefined ? {} : { afterSeconds: wait }) }
}

/** How one ends when a file was refused on its way up: a type that is not taken is answered as a wrong parameter. */
export function endUpload(answer: GraphAnswer, translate: TranslateError): Attempt {
  const attempt = endRefused(answer, translate)
  return attempt.outcome === 'failed' && attempt.code === 'message-invalid'
    ? { ...attempt, code: 'media-rejected' }
    : attempt
}

/** How one ends that was not answered. An upload is harmless to repeat; a message is not. */
export function endUnanswered(error: unknown, doing: 'uploading' | 'sending'): Attempt {
  if (!(error instanceof OutgoingFailure)) throw error
  if (error.problem === 'refused')
    return { outcome: 'failed', code: 'address-refused', detail: error.message, lineBroken: true }
  if (error.problem === 'unreachable' || doing === 'uploading')
    return { outcome: 'retry', code: 'provider-unavailable', detail: error.message }
  return { outcome: 'unknown', detail: error.message }
}

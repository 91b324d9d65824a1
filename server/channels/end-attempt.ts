import { OutgoingFailure } from '../http/outgoing-failure.ts'
import type { Attempt } from './adapter.ts'
import type { ProviderError } from './provider-error.ts'

/**
 * How an attempt ends that was answered with a refusal.
 * @param provider as people call it, for what its gateway says
 * @param retryAfterSeconds as the answer itself says, before what the error means
 */
export function endRefused(
  provider: string,
  status: number,
  { code, detail, passing, lineBroken, afterSeconds, contactOnly }: ProviderError,
  retryAfterSeconds?: number,
): Attempt {
  // a gateway that gave up waiting does not know whether the message went
  if (status === 504) return { outcome: 'unknown', detail: `${provider}’s gateway did not wait for the answer (504).` }
  if (!passing) return { outcome: 'failed', code, detail, ...(lineBroken ? { lineBroken } : {}) }
  const wait = retryAfterSeconds ?? afterSeconds
  return {
    outcome: 'retry',
    code,
    detail,
    ...(wait === undefined ? {} : { afterSeconds: wait }),
    ...(contactOnly ? { contactOnly } : {}),
  }
}

/** How one ends that was not answered. What only prepares is harmless to repeat; a message is not. @throws what is no such failure */
export function endUnanswered(error: unknown, doing: 'preparing' | 'sending'): Attempt {
  if (!(error instanceof OutgoingFailure)) throw error
  if (error.problem === 'refused')
    return { outcome: 'failed', code: 'address-refused', detail: error.message, lineBroken: true }
  if (error.problem === 'unreachable' || doing === 'preparing')
    return { outcome: 'retry', code: 'provider-unavailable', detail: error.message }
  return { outcome: 'unknown', detail: error.message }
}

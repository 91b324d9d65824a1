import type { z } from 'zod'
import { ProviderRefusal } from '../provider-refusal.ts'
import type { GraphAnswer } from './graph.ts'
import type { TranslateError } from './translate-error.ts'

/**
 * What an answer of the Graph API says.
 * @param unknown the code for an id that does not exist, or that the token may not see: both are answered alike
 * @throws ProviderRefusal
 */
export function readAnswer<T>(shape: z.ZodType<T>, answer: GraphAnswer, translate: TranslateError, unknown: string): T {
  if (answer.ok) {
    const found = shape.safeParse(answer.body)
    if (found.success) return found.data
    throw new ProviderRefusal({ code: 'answer-strange', detail: null })
  }
  const refusal = translate(answer.status, answer.error)
  throw new ProviderRefusal(refusal.code === 'message-invalid' ? { ...refusal, code: unknown } : refusal)
}

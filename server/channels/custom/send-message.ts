import { z } from 'zod'
import type { OutgoingAnswer, OutgoingRequests } from '../../http/outgoing.ts'
import type { Attempt, Outgoing } from '../adapter.ts'
import { endUnanswered } from '../end-attempt.ts'
import { readJson } from '../read-json.ts'
import { planMessage } from './plan-message.ts'
import type { CustomLine } from './settings.ts'

const Accepted = z.object({ mId: z.union([z.string().min(1).max(255), z.number().transform(String)]) })
const Refused = z.object({ error: z.object({ message: z.string() }) })

/**
 * Hands one message to the integrator. `Idempotency-Key` is the message's id and the same for every attempt, so that an
 * integrator who looks at it never sends twice; where an attempt may have been acted on and nothing says so, the outcome is unknown.
 * @param linkTo where the integrator may fetch a file
 */
export async function sendMessage(
  outgoing: OutgoingRequests,
  line: CustomLine,
  message: Outgoing,
  linkTo: (fileId: string) => string,
  signal: AbortSignal,
): Promise<Attempt> {
  const file = message.files[0]
  const body = planMessage(line.publicId, message, file === undefined ? null : linkTo(file.id))
  try {
    const answer = await outgoing(messageUrl(line.settings.apiBaseUrl), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${line.secrets?.['apiToken'] ?? ''}`,
        'content-type': 'application/json',
        'idempotency-key': String(message.messageId),
      },
      body: JSON.stringify(body),
      totalMs: 20_000,
      signal,
    })
    return attemptOf(answer)
  } catch (error) {
    return endUnanswered(error, 'sending')
  }
}

export const messageUrl = (apiBaseUrl: string): string => `${apiBaseUrl.replace(/\/+$/, '')}/message`

function attemptOf(answer: OutgoingAnswer): Attempt {
  const { status } = answer
  const json = readJson(answer.body)
  if (status >= 200 && status < 300) {
    const accepted = Accepted.safeParse(json).data
    return accepted === undefined
      ? { outcome: 'unknown', detail: `The integrator answered ${status} without an mId.` }
      : { outcome: 'accepted', extId: accepted.mId }
  }
  const detail = `${Refused.safeParse(json).data?.error.message ?? 'The integrator gave no reason'} (${status})`.slice(
    0,
    500,
  )
  // a gateway that gave up waiting does not know whether the message went
  if (status === 504 || status === 408) return { outcome: 'unknown', detail }
  if (status >= 500) return { outcome: 'retry', code: 'provider-unavailable', detail }
  if (status === 429 || status === 425) return { outcome: 'retry', code: 'rate-limited', detail, ...waitOf(answer) }
  if (status === 401) return { outcome: 'failed', code: 'token-refused', detail, lineBroken: true }
  if (status >= 300 && status < 400) return { outcome: 'failed', code: 'address-moved', detail, lineBroken: true }
  return { outcome: 'failed', code: 'rejected', detail }
}

function waitOf({ headers }: OutgoingAnswer): { afterSeconds?: number } {
  const seconds = Number(headers['retry-after'])
  return Number.isFinite(seconds) && seconds > 0 ? { afterSeconds: Math.min(seconds, 3600) } : {}
}

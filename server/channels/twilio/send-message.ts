import { z } from 'zod'
import { OutgoingFailure } from '../../http/outgoing-failure.ts'
import type { Attempt, Outgoing } from '../adapter.ts'
import { accountPath, openAccount, type TwilioAnswer } from './open-account.ts'
import { planMessage } from './plan-message.ts'
import { receiptsUrlOf } from './receipts-url.ts'
import type { TwilioLine, TwilioWorld } from './settings.ts'
import { translateError } from './translate-error.ts'

const Accepted = z.object({ sid: z.string().regex(/^(SM|MM)[0-9a-fA-F]{32}$/) })

/** What a picture may weigh, and all of a message's files together. Source: …/messaging/guides/accepted-mime-types */
const maxMediaBytes = 5_000_000

/** One attempt. Twilio knows no key that would make a repetition harmless: what is not answered may have gone. */
export async function sendMessage(
  world: TwilioWorld,
  line: TwilioLine,
  message: Outgoing,
  signal: AbortSignal,
): Promise<Attempt> {
  const { accountSid, sender } = line.settings
  if (message.files.reduce((sum, { size }) => sum + size, 0) > maxMediaBytes)
    return { outcome: 'failed', code: 'too-large', detail: null }
  const fileUrls = message.files.map(({ id }) => world.linkFile({ workspaceId: line.workspaceId, fileId: id }))
  const form = planMessage(sender, message, fileUrls, receiptsUrlOf(world.publicUrl, line))
  try {
    const account = openAccount(world, line.settings)
    return attemptOf(await account.post(`${accountPath(accountSid)}/Messages.json`, form, signal))
  } catch (error) {
    if (!(error instanceof OutgoingFailure)) throw error
    if (error.problem === 'refused')
      return { outcome: 'failed', code: 'address-refused', detail: error.message, lineBroken: true }
    if (error.problem === 'unreachable')
      return { outcome: 'retry', code: 'provider-unavailable', detail: error.message }
    return { outcome: 'unknown', detail: error.message }
  }
}

function attemptOf(answer: TwilioAnswer): Attempt {
  if (answer.ok) {
    const accepted = Accepted.safeParse(answer.body).data
    return accepted === undefined
      ? { outcome: 'unknown', detail: 'Twilio answered without the message’s SID.' }
      : { outcome: 'accepted', extId: accepted.sid }
  }
  // a gateway that gave up waiting does not know whether the message went
  if (answer.status === 504)
    return { outcome: 'unknown', detail: 'Twilio’s gateway did not wait for the answer (504).' }
  const { code, detail, passing, lineBroken, afterSeconds } = translateError(answer.status, answer.body)
  if (!passing) return { outcome: 'failed', code, detail, ...(lineBroken ? { lineBroken } : {}) }
  const wait = answer.retryAfterSeconds ?? afterSeconds
  return { outcome: 'retry', code, detail, ...(wait === undefined ? {} : { afterSeconds: wait }) }
}

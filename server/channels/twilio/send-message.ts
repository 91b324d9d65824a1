import { z } from 'zod'
import type { Attempt, Outgoing } from '../adapter.ts'
import { endRefused, endUnanswered } from '../end-attempt.ts'
import { ProviderRefusal } from '../provider-refusal.ts'
import { findContent } from './find-content.ts'
import { accountPath, openAccount, type TwilioAccount, type TwilioAnswer } from './open-account.ts'
import { planMessage, type UsedContent } from './plan-message.ts'
import { receiptsUrlOf } from './receipts-url.ts'
import type { TwilioLine, TwilioWorld } from './settings.ts'
import { translateError } from './translate-error.ts'

const Accepted = z.object({ sid: z.string().regex(/^(SM|MM)[0-9a-fA-F]{32}$/) })

/**
 * What a message's files may weigh together.
 * Source: twilio.com/docs/messaging/guides/accepted-mime-types and …/whatsapp/guidance-whatsapp-media-messages
 */
const maxMediaBytes = { sms: 5_000_000, whatsapp: 16_000_000 }

/**
 * One attempt: first what it is made from, by itself harmless to repeat, then the message. Twilio knows no key that would
 * make a repetition of that harmless: what is not answered may have gone.
 */
export async function sendMessage(
  world: TwilioWorld,
  line: TwilioLine,
  message: Outgoing,
  signal: AbortSignal,
): Promise<Attempt> {
  const { settings, workspaceId } = line
  if (message.files.reduce((sum, { size }) => sum + size, 0) > maxMediaBytes[settings.kind])
    return { outcome: 'failed', code: 'too-large', detail: null }
  const account = openAccount(world, settings)
  const content = await prepare(account, line, message, signal)
  if (content !== null && 'outcome' in content) return content
  const form = planMessage(settings, message, {
    fileUrls: message.files.map(({ id }) => world.linkFile({ workspaceId, fileId: id })),
    content,
    receiptsUrl: receiptsUrlOf(world.publicUrl, line),
  })
  try {
    return attemptOf(await account.post('api', `${accountPath(settings.accountSid)}/Messages.json`, form, signal))
  } catch (error) {
    return endUnanswered(error, 'sending')
  }
}

async function prepare(
  account: TwilioAccount,
  line: TwilioLine,
  message: Outgoing,
  signal: AbortSignal,
): Promise<UsedContent | null | Attempt> {
  try {
    return await findContent(account, line, message.body, signal)
  } catch (error) {
    if (!(error instanceof ProviderRefusal)) return endUnanswered(error, 'preparing')
    const { code, detail, passing, lineBroken } = error
    return passing ? { outcome: 'retry', code, detail } : { outcome: 'failed', code, detail, lineBroken }
  }
}

function attemptOf(answer: TwilioAnswer): Attempt {
  if (answer.ok) {
    const accepted = Accepted.safeParse(answer.body).data
    return accepted === undefined
      ? { outcome: 'unknown', detail: 'Twilio answered without the message’s SID.' }
      : { outcome: 'accepted', extId: accepted.sid }
  }
  return endRefused('Twilio', answer.status, translateError(answer.status, answer.body), answer.retryAfterSeconds)
}

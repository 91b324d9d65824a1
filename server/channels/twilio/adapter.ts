import type { FieldProblem } from '#contract/errors.ts'
import type { ChannelAdapter } from '../adapter.ts'
import { addressKeyOf } from './address.ts'
import { checkLine, findAddress } from './check-line.ts'
import { fetchMedia } from './fetch-media.ts'
import { openAccount } from './open-account.ts'
import { parseWebhook } from './parse-webhook.ts'
import { refuseMessage } from './refuse-message.ts'
import { sendMessage } from './send-message.ts'
import { isService, type SmsSettings, type TwilioWorld } from './settings.ts'
import { verifyWebhook } from './verify-webhook.ts'

/** Text messages by Twilio: a number, a short code, or a messaging service. */
export function makeSms(world: TwilioWorld): ChannelAdapter<SmsSettings> {
  return {
    kind: 'sms',
    secretPaths: ['authToken'],
    addressedBy: 'phone',
    filesPerMessage: 10,
    describe: ({ sender }) => ({ lineKey: sender, address: isService(sender) ? null : sender }),
    findAddress: (settings, signal) => findAddress(openAccount(world, settings), settings.sender, signal),
    refusesSettings: ({ authToken }) => refuseToken(authToken),
    refuses: (_line, message) => refuseMessage(message),
    addressFor: (_line, { phone }) => (phone === null ? null : { address: phone, addressKey: addressKeyOf(phone) }),
    webhookType: 'application/x-www-form-urlencoded',
    verifyWebhook,
    parse: (_line, event) => parseWebhook(event.body),
    send: (line, message, signal) => sendMessage(world, line, message, signal),
    check: (settings, signal, context) =>
      checkLine(openAccount(world, settings), settings, signal, context?.webhookUrl ?? null),
    fetchFile: (line, source, signal) => fetchMedia(openAccount(world, line.settings), source['url'] ?? '', signal),
  }
}

function refuseToken(authToken: string): FieldProblem[] {
  const path = 'authToken'
  if (authToken === '') return [{ path, reason: 'required', message: 'This is needed.' }]
  return /\s/.test(authToken) ? [{ path, reason: 'spaces', message: 'There is a space or a line break in it.' }] : []
}

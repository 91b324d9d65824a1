import type { FieldProblem } from '#contract/errors.ts'
import type { ChannelAdapter } from '../adapter.ts'
import { windowHours } from '../whatsapp/refuse-message.ts'
import { addressKeyOf } from './address.ts'
import { checkLine, findAddress } from './check-line.ts'
import { fetchMedia } from './fetch-media.ts'
import { openAccount } from './open-account.ts'
import { parseWebhook } from './parse-webhook.ts'
import { readTemplates } from './read-templates.ts'
import { refuseSms, refuseWhatsapp } from './refuse-message.ts'
import { sendMessage } from './send-message.ts'
import {
  isService,
  type SmsSettings,
  type TwilioKind,
  type TwilioSettings,
  type TwilioWhatsappSettings,
  type TwilioWorld,
} from './settings.ts'
import { paceOf } from './pace-of.ts'
import { verifyWebhook } from './verify-webhook.ts'

/** Text messages by Twilio: a number, a short code, or a messaging service. */
export function makeSms(world: TwilioWorld): ChannelAdapter<SmsSettings> {
  const sms: ChannelAdapter<SmsSettings> = {
    ...makeEither<SmsSettings>(world, 'sms'),
    filesPerMessage: 10,
    forSettings: ({ sender }) => ({ ...sms, pace: paceOf(sender) }),
    refuses: (_line, message) => refuseSms(message),
  }
  return sms
}

/** WhatsApp by Twilio: a number that Meta has given to the account there, or a messaging service with one. */
export function makeTwilioWhatsapp(world: TwilioWorld): ChannelAdapter<TwilioWhatsappSettings> {
  return {
    ...makeEither<TwilioWhatsappSettings>(world, 'whatsapp'),
    filesPerMessage: 1,
    windowHours,
    // source: help.twilio.com (WhatsApp: rate limits of a sender)
    pace: { perSecond: 80 },
    refuses: refuseWhatsapp,
    templates: (line, signal) => readTemplates(openAccount(world, line.settings), signal),
  }
}

function makeEither<Settings extends TwilioSettings>(
  world: TwilioWorld,
  kind: TwilioKind & Settings['kind'],
): ChannelAdapter<Settings> {
  return {
    kind,
    secretPaths: ['authToken'],
    addressedBy: 'phone',
    describe: ({ sender }) => ({ lineKey: sender, address: isService(sender) ? null : sender }),
    findAddress: (settings, signal) => findAddress(openAccount(world, settings), settings.sender, signal),
    refusesSettings: ({ authToken }) => refuseToken(authToken),
    addressFor: (_line, { phone }) =>
      phone === null ? null : { address: phone, addressKey: addressKeyOf(kind, phone) },
    webhookType: 'application/x-www-form-urlencoded',
    verifyWebhook,
    parse: (_line, event) => parseWebhook(kind, event.body),
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

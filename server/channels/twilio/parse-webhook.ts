import type { Incoming } from '../adapter.ts'
import { addressKeyOf, phoneOf, readWireAddress } from './address.ts'
import { readBody, readFiles } from './read-body.ts'
import { readForm, valuesOf } from './read-form.ts'
import { readKeyword } from './read-keyword.ts'
import type { TwilioKind } from './settings.ts'
import { translateError } from './translate-error.ts'
import { isReceipt } from './verify-webhook.ts'

type Values = ReadonlyMap<string, string>

/**
 * Reads a call of Twilio's: a message that came, or a receipt for one of ours. Pure.
 * Source: twilio.com/docs/messaging/guides/webhook-request and …/track-outbound-message-status
 */
export function parseWebhook(kind: TwilioKind, body: Buffer): Incoming[] {
  const form = readForm(body)
  const values = valuesOf(form)
  const extId = values.get('MessageSid') ?? values.get('SmsSid')
  if (extId === undefined || !/^(SM|MM)[0-9a-f]{32}$/i.test(extId)) return [unreadable('no message is named', values)]
  return isReceipt(form) ? readReceipt(extId, values) : readMessage(kind, extId, values)
}

const unreadable = (reason: string, values: Values): Incoming => ({
  type: 'unreadable',
  reason,
  raw: Object.fromEntries(values),
})

function readMessage(kind: TwilioKind, extId: string, values: Values): Incoming[] {
  const address = readWireAddress(kind, values.get('From') ?? '')
  if (address === null) return [unreadable(`not a sender on ${kind}: ${values.get('From') ?? 'nobody'}`, values)]
  const files = readFiles(values)
  const answered = values.get('OriginalRepliedMessageSid')
  const optOut = readKeyword(kind, { optOutType: values.get('OptOutType'), text: values.get('Body') ?? '' })
  return [
    {
      type: 'message',
      extId,
      // Twilio does not say when; it calls at once
      sentAt: null,
      sender: {
        address,
        addressKey: addressKeyOf(kind, address),
        profileName: values.get('ProfileName') ?? null,
        phone: phoneOf(address),
        country: phoneOf(address) === null ? countryOf(values) : null,
      },
      body: readBody(values, files.length),
      files,
      ...(answered === undefined ? {} : { replyToExtIds: [answered] }),
      ...(optOut === null ? {} : { optOut }),
    },
  ]
}

const countryOf = (values: Values) => /^[A-Z]{2}$/.exec(values.get('FromCountry') ?? '')?.[0] ?? null

/** What each word of Twilio's means here; null: on its way, which is known already. */
const statuses: Readonly<Record<string, 'sent' | 'delivered' | 'read' | 'failed' | null>> = {
  accepted: null,
  scheduled: null,
  queued: null,
  sending: null,
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  undelivered: 'failed',
  failed: 'failed',
  canceled: 'failed',
}

/** Source: twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks */
function readReceipt(extId: string, values: Values): Incoming[] {
  const word = values.get('MessageStatus')!.toLowerCase()
  const status = Object.hasOwn(statuses, word) ? statuses[word] : undefined
  if (status === undefined) return [unreadable(`the status ${word} is not known`, values)]
  if (status === null) return []
  const base = { type: 'status', extId, at: null } as const
  if (status !== 'failed') return [{ ...base, status }]
  const { code, detail } = translateError(null, {
    code: Number(values.get('ErrorCode')) || null,
    message: values.get('ErrorMessage') ?? values.get('ChannelStatusMessage') ?? null,
  })
  return [{ ...base, status, failure: { code, detail } }]
}

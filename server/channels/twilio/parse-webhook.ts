import type { MessageBody } from '#contract/conversations.ts'
import type { Incoming, IncomingFile } from '../adapter.ts'
import { addressKeyOf, phoneOf } from './address.ts'
import { readForm, valuesOf } from './read-form.ts'
import { readKeyword } from './read-keyword.ts'
import { translateError } from './translate-error.ts'
import { isReceipt } from './verify-webhook.ts'

type Values = ReadonlyMap<string, string>

/**
 * Reads a call of Twilio's: a message that came, or a receipt for one of ours. Pure.
 * Source: twilio.com/docs/messaging/guides/webhook-request and …/track-outbound-message-status
 */
export function parseWebhook(body: Buffer): Incoming[] {
  const form = readForm(body)
  const values = valuesOf(form)
  const extId = values.get('MessageSid') ?? values.get('SmsSid')
  if (extId === undefined || !/^(SM|MM)[0-9a-f]{32}$/i.test(extId)) return [unreadable('no message is named', values)]
  return isReceipt(form) ? readReceipt(extId, values) : readMessage(extId, values)
}

const unreadable = (reason: string, values: Values): Incoming => ({
  type: 'unreadable',
  reason,
  raw: Object.fromEntries(values),
})

function readMessage(extId: string, values: Values): Incoming[] {
  const address = values.get('From')
  if (address === undefined) return [unreadable('nobody is named as the sender', values)]
  if (address.includes(':')) return [unreadable(`a message by ${address.split(':')[0]}`, values)]
  const text = values.get('Body') ?? ''
  const files = readFiles(values)
  const optOut = readKeyword({ optOutType: values.get('OptOutType'), text })
  return [
    {
      type: 'message',
      extId,
      // Twilio does not say when; it calls at once
      sentAt: null,
      sender: {
        address,
        addressKey: addressKeyOf(address),
        profileName: null,
        phone: phoneOf(address),
        country: phoneOf(address) === null ? countryOf(values) : null,
      },
      body: bodyOf(text, files),
      files,
      ...(optOut === null ? {} : { optOut }),
    },
  ]
}

const bodyOf = (text: string, files: readonly IncomingFile[]): MessageBody =>
  files.length > 0 ? { type: 'attachment', text: text || null } : { type: 'text', text }

const countryOf = (values: Values) => /^[A-Z]{2}$/.exec(values.get('FromCountry') ?? '')?.[0] ?? null

/** More than any message carries. */
const mostFiles = 10

function readFiles(values: Values): IncomingFile[] {
  const count = Math.min(Number(values.get('NumMedia')) || 0, mostFiles)
  return Array.from({ length: count }, (_, at) => at).flatMap((at) => {
    const url = values.get(`MediaUrl${at}`)
    const type = values.get(`MediaContentType${at}`)?.split(';')[0]!.trim().toLowerCase() || 'application/octet-stream'
    return url === undefined ? [] : [fileOf(url, type, at)]
  })
}

function fileOf(url: string, type: string, at: number): IncomingFile {
  const kind = /^(image|video|audio)\//.exec(type)?.[1] as 'image' | 'video' | 'audio' | undefined
  return {
    kind: kind ?? 'file',
    name: `${kind ?? 'file'}-${at + 1}${extensionOf(type)}`,
    type,
    contentId: null,
    content: { source: { url } },
  }
}

const extensions: Record<string, string> = {
  jpeg: 'jpg',
  mpeg: 'mp3',
  quicktime: 'mov',
  plain: 'txt',
  '3gpp': '3gp',
  'x-vcard': 'vcf',
  vcard: 'vcf',
}

function extensionOf(type: string): string {
  const subtype = type.split('/')[1] ?? ''
  const known = extensions[subtype] ?? (/^[a-z0-9]{2,5}$/.test(subtype) ? subtype : '')
  return known === '' ? '' : `.${known}`
}

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

import { z } from 'zod'
import type { MessageBody } from '#contract/conversations.ts'
import { phoneKey } from '../../identity/phone-key.ts'
import type { Incoming, IncomingFile, IncomingSender } from '../adapter.ts'
import { readJson } from '../read-json.ts'
import { readEnvelope, type Envelope, type Person } from './envelope.ts'
import type { CustomLine } from './settings.ts'

type ParsedLine = Pick<CustomLine, 'publicId' | 'settings'>

const optional = z.string().nullish().catch(null)
const Event = z.looseObject({ type: z.string(), timestamp: z.unknown().optional() })
const WithMessage = z.object({ mId: z.string().min(1).max(255), message: z.looseObject({ type: z.string() }) })

/**
 * Reads a call to the custom channel's webhook. Pure. Every event stands alone: one that cannot be read is set aside with
 * its raw form, the others go on.
 */
export function parseEvents(line: ParsedLine, body: Buffer): Incoming[] {
  const json = readJson(body)
  const read = readEnvelope(json, line)
  if ('problem' in read) return [{ type: 'unreadable', reason: read.problem, raw: json ?? body.toString('latin1') }]
  const sender = readSender(line, read.envelope)
  return read.envelope.events.map((event) => {
    try {
      return readEvent(event, sender)
    } catch (error) {
      return {
        type: 'unreadable',
        reason: error instanceof z.ZodError ? z.prettifyError(error) : String(error),
        raw: event,
      }
    }
  })
}

function readEvent(raw: unknown, sender: IncomingSender): Incoming {
  const event = Event.parse(raw)
  if (event.type === 'message_status') return readStatus(raw)
  if (event.type !== 'message' && event.type !== 'message_echo')
    throw new Error(`events of type ${event.type} are not known`)
  const { mId, message } = WithMessage.parse(raw)
  return {
    type: 'message',
    extId: mId,
    sentAt: readTime(event.timestamp),
    sender,
    ...readMessage(message),
    ...(event.type === 'message_echo' ? { echo: true } : {}),
  }
}

const StatusValue = z.enum(['sent', 'delivered', 'read', 'failed'])
const Status = z.object({
  mId: z.string().min(1).max(255),
  status: z.union([StatusValue, z.object({ value: StatusValue, message: optional })]),
  error: z.object({ message: optional }).nullish().catch(null),
  timestamp: z.unknown().optional(),
})

/**
 * `{"type":"message_status", "mId":"…", "timestamp":…, "status":{"value":"failed", "message":"why"}}`; `mId` is what the
 * integrator answered when the message was handed over. `"status":"read"` in short, and `error.message`, are understood.
 */
function readStatus(raw: unknown): Incoming {
  const { mId, status, error, timestamp } = Status.parse(raw)
  const value = typeof status === 'string' ? status : status.value
  const detail = (typeof status === 'string' ? null : status.message) ?? error?.message ?? null
  return {
    type: 'status',
    extId: mId,
    status: value,
    at: readTime(timestamp),
    ...(value === 'failed' ? { failure: { code: 'rejected', detail } } : {}),
  }
}

const Attachment = z.object({
  type: z.enum(['image', 'video', 'audio', 'file']).catch('file'),
  url: z.url({ protocol: /^https?$/ }).max(2000),
  mimeType: optional,
  fileName: optional,
  description: optional,
})
const coordinate = z.coerce.number().refine(Number.isFinite)
const Location = z.object({ latitude: coordinate, longitude: coordinate, name: optional, address: optional })

function readMessage(message: Readonly<Record<string, unknown>>): { body: MessageBody; files: IncomingFile[] } {
  switch (message['type']) {
    case 'text':
      return { body: { type: 'text', text: z.string().parse(message['text']) }, files: [] }
    case 'attachment': {
      const file = Attachment.parse(message['attachment'])
      return { body: { type: 'attachment', text: file.description || null }, files: [fileOf(file)] }
    }
    case 'location': {
      // the coordinates stand beside the type, or together in an object of its name
      const { latitude, longitude, name, address } = Location.parse(message['location'] ?? message)
      return {
        body: { type: 'location', latitude, longitude, name: name || null, address: address || null },
        files: [],
      }
    }
    case 'quick_reply': {
      const chosen = z
        .string()
        .min(1)
        .parse(message['text'] ?? message['title'])
      return { body: { type: 'buttons', text: chosen, choices: [], chosen }, files: [] }
    }
    default:
      return { body: { type: 'unsupported', hint: String(message['type']).slice(0, 100) }, files: [] }
  }
}

function fileOf({ type, url, mimeType, fileName }: z.infer<typeof Attachment>): IncomingFile {
  const last = new URL(url).pathname.split('/').pop() ?? ''
  return {
    kind: type,
    name: fileName || last || type,
    type: mimeType || 'application/octet-stream',
    contentId: null,
    content: { source: { url } },
  }
}

function readSender({ settings }: ParsedLine, { contactId, contact }: Envelope): IncomingSender {
  const byPhone = settings.contactIdType === 'phone'
  const person: Partial<Person> = contact ?? {}
  const picture = person.profilePic
  return {
    address: contactId,
    addressKey: byPhone ? keyOfPhone(contactId) : customKey(contactId),
    profileName: [person.firstName, person.lastName].filter(Boolean).join(' ') || null,
    firstName: person.firstName ?? null,
    lastName: person.lastName ?? null,
    pictureUrl: picture !== undefined && /^https?:\/\//i.test(picture) ? picture : null,
    email: person.email ?? null,
    phone: byPhone ? contactId : (person.phone ?? null),
    country: /^[A-Z]{2}$/i.test(person.countryCode ?? '') ? person.countryCode!.toUpperCase() : null,
    language: languageOf(person.language),
  }
}

const customKey = (contactId: string) => `cc:${contactId}`

/** The identity key of a phone, or the text itself where it is none. */
export const keyOfPhone = (phone: string): string => phoneKey(phone).key ?? customKey(phone)

function languageOf(language: string | undefined): string | null {
  const match = /^([a-z]{2})(?:[-_]([a-z]{2}))?$/i.exec(language ?? '')
  if (match === null) return null
  const [, base = '', region] = match
  return region === undefined ? base.toLowerCase() : `${base.toLowerCase()}-${region.toUpperCase()}`
}

/** Milliseconds since 1970; null when it is no time. */
function readTime(timestamp: unknown): Date | null {
  const at = new Date(Number(timestamp) || Number.NaN)
  return Number.isNaN(at.getTime()) ? null : at
}

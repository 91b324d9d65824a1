import { z } from 'zod'

const docs = 'https://developers.facebook.com/documentation/business-messaging/messenger-platform'

export interface Violation {
  /** What Meta would say: `code` or `code/subcode`. */
  readonly code: string
  readonly details: string
  /** Where the rule is published. */
  readonly source: string
}

const instagramDocs =
  'https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/send-message'

const text = (max: number) => z.string().min(1).max(max)

/** Source: …/send-messages, …/send-messages/quick-replies, …/send-messages/saving-assets */
const Request = z.strictObject({
  recipient: z.strictObject({ id: text(50) }),
  messaging_type: z.enum(['RESPONSE', 'UPDATE', 'MESSAGE_TAG']),
  tag: z.literal('HUMAN_AGENT').optional(),
  message: z
    .strictObject({
      text: text(2000).optional(),
      metadata: text(1000).optional(),
      attachment: z
        .strictObject({
          type: z.enum(['image', 'video', 'audio', 'file']),
          payload: z.strictObject({ attachment_id: text(50) }),
        })
        .optional(),
      quick_replies: z
        .array(z.strictObject({ content_type: z.literal('text'), title: text(20), payload: text(1000) }))
        .min(1)
        .max(13)
        .optional(),
    })
    .refine(
      (message) => (message.text === undefined) !== (message.attachment === undefined),
      'a message is a text or an attachment',
    )
    .refine(
      (message) => message.quick_replies === undefined || message.text !== undefined,
      'quick replies go with a text',
    ),
  reply_to: z.strictObject({ mid: text(500) }).optional(),
})

const hour = 3_600_000

/**
 * What Meta would object to in a request to send a message; null for a good one.
 * @param lastInAt when the person last wrote; null when they never did
 */
export function violationOf(
  body: unknown,
  known: {
    attachments: ReadonlyMap<string, { type: string; platform: string }>
    lastInAt: (personId: string) => number | null
    isOnInstagram: (personId: string) => boolean
    mayAnswerLate: boolean
    now: number
  },
): Violation | null {
  const read = Request.safeParse(body)
  if (!read.success) return { code: '100', details: z.prettifyError(read.error), source: `${docs}/send-messages` }
  const { recipient, messaging_type, tag, message } = read.data
  if ((messaging_type === 'MESSAGE_TAG') !== (tag !== undefined))
    return { code: '100', details: 'a tag goes with MESSAGE_TAG', source: `${docs}/send-messages/message-tags` }
  const instagram = known.isOnInstagram(recipient.id)
  if (instagram && Buffer.byteLength(message.text ?? '') > 1000)
    return { code: '100', details: 'Length of param message[text] must be at most 1000 bytes', source: instagramDocs }
  if (instagram && message.metadata !== undefined)
    return { code: '100', details: 'metadata is not among what is published', source: instagramDocs }
  const attachment = message.attachment
  const file = known.attachments.get(attachment?.payload.attachment_id ?? '')
  const platform = instagram ? 'instagram' : 'messenger'
  if (attachment !== undefined && (file?.type !== attachment.type || file.platform !== platform))
    return { code: '100/2018074', details: 'Invalid attachment ID.', source: `${docs}/error-codes` }
  const lastInAt = known.lastInAt(recipient.id)
  if (lastInAt === null)
    return { code: '100/2018001', details: 'No matching user found', source: `${docs}/error-codes` }
  const age = known.now - lastInAt
  if (tag !== undefined && !known.mayAnswerLate)
    return { code: '10/2018276', details: 'Human Agent is not approved.', source: `${docs}/error-codes` }
  if (age >= (tag === undefined ? 24 * hour : 7 * 24 * hour))
    return {
      code: instagram ? '10/2534022' : '10/2018278',
      details: 'This message is sent outside of allowed window.',
      source: `${docs}/policy/policy-overview`,
    }
  return null
}

/** What Meta would object to in an upload; null for a good one. Source: …/send-messages/saving-assets */
export function uploadViolationOf(form: FormData): Violation | null {
  const source = `${docs}/send-messages/saving-assets`
  const told = form.get('message')
  const read = z
    .strictObject({
      attachment: z.strictObject({
        type: z.enum(['image', 'video', 'audio', 'file']),
        payload: z.strictObject({ is_reusable: z.boolean() }),
      }),
    })
    .safeParse(typeof told === 'string' ? JSON.parse(told) : null)
  if (!read.success) return { code: '100', details: z.prettifyError(read.error), source }
  const file = form.get('filedata')
  if (!(file instanceof Blob)) return { code: '100/2018047', details: 'Upload attachment failure.', source }
  const { type } = read.data.attachment
  if (form.get('platform') === 'instagram') return instagramViolationOf(type, file)
  if (type !== 'file' && !file.type.startsWith(`${type}/`))
    return { code: '100/2018047', details: `${file.type} is not of the type ${type}.`, source }
  return file.size > 25 * 1024 * 1024
    ? { code: '100/2018109', details: 'Attachment size exceeds allowable limit', source }
    : null
}

/** Source: https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/attachment-upload */
const takenByInstagram = {
  image: { types: ['image/png', 'image/jpeg', 'image/gif'], megabytes: 8 },
  video: { types: ['video/mp4', 'video/ogg', 'video/x-msvideo', 'video/quicktime', 'video/webm'], megabytes: 25 },
  audio: {
    types: ['audio/aac', 'audio/mp4', 'audio/x-m4a', 'audio/wav', 'audio/x-wav', 'audio/vnd.wave'],
    megabytes: 25,
  },
  file: { types: ['application/pdf'], megabytes: 25 },
}

function instagramViolationOf(type: keyof typeof takenByInstagram, file: Blob): Violation | null {
  const source = instagramDocs.replace('send-message', 'attachment-upload')
  const { types, megabytes } = takenByInstagram[type]
  if (!types.includes(file.type)) return { code: '100/2018047', details: `${file.type} is not supported`, source }
  return file.size > megabytes * 1024 * 1024 ? { code: '100/2018109', details: 'too large', source } : null
}

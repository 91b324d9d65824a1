import { z } from 'zod'
import type { MessageBody } from '#contract/conversations.ts'
import type { IncomingFile } from '../adapter.ts'

export interface ReadBody {
  readonly body: MessageBody
  readonly files: readonly IncomingFile[]
  /** A notice of WhatsApp's own, not a word of the person's. */
  readonly automatic?: boolean
}

const optional = z.string().nullish().catch(null)
const Media = z.object({ id: z.string().min(1), mime_type: optional, caption: optional, filename: optional })
const coordinate = z.coerce.number().refine(Number.isFinite)

const kinds = { image: 'image', sticker: 'image', video: 'video', audio: 'audio', document: 'file' } as const
const isMediaType = (type: string): type is keyof typeof kinds => Object.hasOwn(kinds, type)

/**
 * What a message says. Types that cannot be shown, also ones that WhatsApp invents later, are a message all the same: it
 * stands in the thread by its type's name.
 * @param message the message object of a webhook, `type` and the property of that name in it
 * @throws ZodError when the content does not have the form of its type
 */
export function readBody(type: string, message: Readonly<Record<string, unknown>>): ReadBody {
  const content = message[type]
  if (isMediaType(type)) return readMedia(kinds[type], type, Media.parse(content))
  switch (type) {
    case 'text':
      return said({ type: 'text', text: z.object({ body: z.string() }).parse(content).body })
    case 'location':
      return said({ type: 'location', ...Location.parse(content) })
    case 'contacts':
      return said({ type: 'contacts', contacts: z.array(SharedContact).parse(content) })
    case 'button':
      return chose(z.object({ text: z.string() }).parse(content).text)
    case 'interactive':
      return readInteractive(content)
    case 'order':
      return said({ type: 'text', text: describeOrder(Order.parse(content)) })
    case 'system':
      return {
        ...said({ type: 'text', text: z.object({ body: z.string().min(1) }).parse(content).body }),
        automatic: true,
      }
    default:
      return said({ type: 'unsupported', hint: hintOf(type, message) })
  }
}

const said = (body: MessageBody): ReadBody => ({ body, files: [] })
const chose = (title: string) => said({ type: 'buttons', text: title, choices: [], chosen: title })

function readMedia(kind: IncomingFile['kind'], type: string, media: z.infer<typeof Media>): ReadBody {
  const mime = media.mime_type ?? ''
  return {
    body: { type: 'attachment', text: media.caption || null },
    files: [
      {
        kind,
        name: media.filename || `${type}${extensionOf(mime)}`,
        type: mime.split(';')[0]!.trim() || 'application/octet-stream',
        contentId: null,
        content: { source: { mediaId: media.id } },
      },
    ],
  }
}

const extensions: Record<string, string> = { jpeg: 'jpg', mpeg: 'mp3', quicktime: 'mov', plain: 'txt', '3gpp': '3gp' }

function extensionOf(mime: string): string {
  const subtype = /^[a-z]+\/([a-z0-9]{2,8})\b/i.exec(mime)?.[1]?.toLowerCase()
  return subtype === undefined ? '' : `.${extensions[subtype] ?? subtype}`
}

const Location = z
  .object({ latitude: coordinate, longitude: coordinate, name: optional, address: optional })
  .transform(({ latitude, longitude, name, address }) => ({
    latitude,
    longitude,
    name: name || null,
    address: address || null,
  }))

const SharedContact = z
  .object({
    name: z.object({ formatted_name: optional, first_name: optional }).optional(),
    phones: z.array(z.object({ phone: optional, wa_id: optional })).catch([]),
    emails: z.array(z.object({ email: optional })).catch([]),
  })
  .transform(({ name, phones, emails }) => ({
    name: name?.formatted_name || name?.first_name || '',
    phones: phones.map((entry) => entry.phone || entry.wa_id || '').filter((phone) => phone !== ''),
    emails: emails.map((entry) => entry.email || '').filter((email) => email !== ''),
  }))

const Interactive = z.object({
  type: z.string(),
  button_reply: z.object({ title: z.string() }).optional(),
  list_reply: z.object({ title: z.string() }).optional(),
})

function readInteractive(content: unknown): ReadBody {
  const read = Interactive.parse(content)
  const reply = read.button_reply ?? read.list_reply
  return reply === undefined ? said({ type: 'unsupported', hint: read.type }) : chose(reply.title)
}

const Order = z.object({
  text: optional,
  product_items: z
    .array(
      z.object({
        product_retailer_id: z.string(),
        quantity: z.coerce.number(),
        item_price: z.coerce.number().optional().catch(undefined),
        currency: optional,
      }),
    )
    .min(1),
})

/** An order as lines anybody can read: `2 × SKU-1 · 23.99 USD`. */
function describeOrder(order: z.infer<typeof Order>): string {
  const lines = order.product_items.map(({ quantity, product_retailer_id, item_price, currency }) => {
    const price = item_price === undefined ? '' : ` · ${item_price}${currency ? ` ${currency}` : ''}`
    return `${quantity} × ${product_retailer_id}${price}`
  })
  return [...(order.text ? [order.text, ''] : []), ...lines].join('\n')
}

const Unsupported = z.object({
  unsupported: z
    .object({ type: z.string().min(1) })
    .optional()
    .catch(undefined),
  errors: z
    .array(z.object({ title: z.string().min(1) }))
    .optional()
    .catch(undefined),
})

function hintOf(type: string, message: unknown): string {
  if (type !== 'unsupported') return type
  const { unsupported, errors } = Unsupported.parse(message)
  return unsupported?.type ?? errors?.[0]?.title ?? type
}

import { z } from 'zod'
import type { Incoming } from '../adapter.ts'
import { readJson } from '../read-json.ts'

const text = z.string().nullable()

/** A page of the embedding site. */
export const VisitedPage = z.object({ url: z.string(), title: z.string() })

/** What the widget's endpoints store of what a visitor does: see server/webchat. */
export const VisitorEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('message'),
    /** The widget's own, the same however often it is sent. */
    id: z.string(),
    address: z.string(),
    profile: z.object({ name: text, email: text, phone: text }).nullable(),
    text: z.string(),
    language: text,
    page: VisitedPage.nullable(),
  }),
  z.object({
    type: z.literal('file'),
    id: z.string(),
    address: z.string(),
    profile: z.object({ name: text, email: text, phone: text }).nullable(),
    /** What was sniffed from the bytes, which follow in a line of their own. */
    file: z.object({ name: z.string(), type: z.string(), kind: z.enum(['image', 'video', 'audio', 'file']) }),
    language: text,
    page: VisitedPage.nullable(),
  }),
  z.object({
    type: z.literal('receipt'),
    status: z.enum(['delivered', 'read']),
    /** Messages of ours, of this very visitor. */
    messageIds: z.array(z.number()),
    /** Tells one receipt from the next. */
    at: z.number(),
  }),
])
export type VisitorEvent = z.infer<typeof VisitorEvent>

/** How a visitor's message is known, from the widget's id of it. */
export const extIdOf = (address: string, id: string): string => `${address}/${id}`
/** How one of ours is. */
export const ownExtId = (messageId: number): string => `out/${messageId}`

/** Reads what a visitor did. Pure. */
export function parseEvent(body: Buffer): Incoming[] {
  // no line break stands in JSON as it is written; what follows one are the bytes of a file
  const end = body.indexOf('\n')
  const json = readJson(end === -1 ? body : body.subarray(0, end))
  const read = VisitorEvent.safeParse(json)
  if (!read.success) return [{ type: 'unreadable', reason: z.prettifyError(read.error), raw: json }]
  const event = read.data
  if (event.type === 'receipt')
    return event.messageIds.map((id) => ({ type: 'status', extId: ownExtId(id), status: event.status, at: null }))
  const { id, address, profile, language, page } = event
  return [
    {
      type: 'message',
      extId: extIdOf(address, id),
      sentAt: null,
      sender: {
        address,
        addressKey: address,
        profileName: profile?.name ?? namelessVisitor(address, language),
        email: profile?.email ?? null,
        phone: profile?.phone ?? null,
        language,
      },
      body: event.type === 'file' ? { type: 'attachment', text: null } : { type: 'text', text: event.text },
      files: event.type === 'file' ? [{ ...event.file, contentId: null, content: body.subarray(end + 1) }] : [],
      page,
    },
  ]
}

/** Somebody has to be told from somebody else: `Visitante 4F2A`. */
function namelessVisitor(address: string, language: string | null): string {
  const mark = address
    .replace(/[^a-z0-9]/gi, '')
    .slice(-4)
    .toUpperCase()
  return `${language?.toLowerCase().startsWith('es') === true ? 'Visitante' : 'Visitor'} ${mark}`
}

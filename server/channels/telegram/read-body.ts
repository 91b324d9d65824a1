import { z } from 'zod'
import type { MessageBody } from '#contract/conversations.ts'
import type { IncomingFile } from '../adapter.ts'

export interface ReadBody {
  readonly body: MessageBody
  readonly files: readonly IncomingFile[]
  /** The sender's own phone, where they shared it: Telegram vouches for it. */
  readonly ownPhone: string | null
}

const text = z.string().optional().catch(undefined)
const File = z.object({ file_id: z.string().min(1), file_name: text, mime_type: text })
const Photo = z.array(z.object({ file_id: z.string().min(1), width: z.number() })).min(1)
const Sticker = z.object({
  file_id: z.string().min(1),
  is_animated: z.boolean(),
  is_video: z.boolean(),
  emoji: text,
})
const Location = z.object({ latitude: z.number(), longitude: z.number() })
const Venue = z.object({ location: Location, title: z.string(), address: z.string() })
const SharedContact = z.object({
  phone_number: z.string(),
  first_name: z.string(),
  last_name: text,
  user_id: z.number().optional(),
})
const Caption = z.object({ caption: text, from: z.object({ id: z.number() }).optional() })

/** Files that Telegram names by what they are, in the order to look for them: an animation is also a document. */
const media = [
  ['animation', 'video', 'mp4', 'video/mp4'],
  ['video', 'video', 'mp4', 'video/mp4'],
  ['video_note', 'video', 'mp4', 'video/mp4'],
  ['voice', 'audio', 'ogg', 'audio/ogg'],
  ['audio', 'audio', 'mp3', 'audio/mpeg'],
  ['document', 'file', 'bin', 'application/octet-stream'],
] as const

/** Nothing that anybody said: what the person did with the chat. */
const wordless = new Set([
  'pinned_message',
  'message_auto_delete_timer_changed',
  'chat_background_set',
  'write_access_allowed',
])

/** What every message has, whatever it says. */
const common =
  /^(message_id|from|chat|date|edit_date|.*_chat|.*_markup|forward_.*|is_.*|has_.*|via_bot|reply_to_.*|external_reply|quote|message_thread_id|effect_id|.*entities|caption|show_caption_.*|media_group_id|author_signature|sender_.*|link_preview_options|business_connection_id)$/

/**
 * What a message says; null when nobody said anything. Of a kind that cannot be shown, also of one that comes later, is a
 * message all the same: it stands in the thread by its kind's name.
 * Source: core.telegram.org/bots/api#message
 * @throws ZodError when the content does not have the form of its kind
 */
export function readBody(message: Readonly<Record<string, unknown>>): ReadBody | null {
  if (typeof message['text'] === 'string') return said({ type: 'text', text: message['text'] })
  const { caption, from } = Caption.parse(message)
  if (message['photo'] !== undefined) {
    const largest = Photo.parse(message['photo']).toSorted((a, b) => b.width - a.width)[0]!
    return withFile(caption, { kind: 'image', name: 'photo.jpg', type: 'image/jpeg', fileId: largest.file_id })
  }
  if (message['sticker'] !== undefined) return readSticker(Sticker.parse(message['sticker']))
  for (const [key, kind, ending, usual] of media) {
    if (message[key] === undefined) continue
    const { file_id: fileId, file_name: name, mime_type: type } = File.parse(message[key])
    return withFile(caption, { kind, name: name || `${key}.${ending}`, type: type || usual, fileId })
  }
  if (message['venue'] !== undefined) {
    const { location, title, address } = Venue.parse(message['venue'])
    return said({ type: 'location', ...location, name: title || null, address: address || null })
  }
  if (message['location'] !== undefined)
    return said({ type: 'location', ...Location.parse(message['location']), name: null, address: null })
  if (message['contact'] !== undefined) return readContact(SharedContact.parse(message['contact']), from?.id)
  const kind = Object.keys(message).find((key) => !common.test(key)) ?? 'empty'
  return wordless.has(kind) ? null : said({ type: 'unsupported', hint: kind })
}

const said = (body: MessageBody): ReadBody => ({ body, files: [], ownPhone: null })

function withFile(
  caption: string | undefined,
  { fileId, ...file }: Pick<IncomingFile, 'kind' | 'name' | 'type'> & { fileId: string },
): ReadBody {
  return {
    body: { type: 'attachment', text: caption || null },
    files: [{ ...file, contentId: null, content: { source: { fileId } } }],
    ownPhone: null,
  }
}

/** A picture, a film, or a drawing that only Telegram plays; the emoji it stands for is its words. */
function readSticker({ file_id: fileId, is_animated, is_video, emoji }: z.infer<typeof Sticker>): ReadBody {
  if (is_animated) return withFile(emoji, { kind: 'file', name: 'sticker.tgs', type: 'application/gzip', fileId })
  return is_video
    ? withFile(emoji, { kind: 'video', name: 'sticker.webm', type: 'video/webm', fileId })
    : withFile(emoji, { kind: 'image', name: 'sticker.webp', type: 'image/webp', fileId })
}

function readContact(shared: z.infer<typeof SharedContact>, senderId: number | undefined): ReadBody {
  const { phone_number, first_name, last_name, user_id } = shared
  const phone = /^\d{7,15}$/.test(phone_number) ? `+${phone_number}` : phone_number
  const name = [first_name, last_name].filter(Boolean).join(' ')
  return {
    body: { type: 'contacts', contacts: [{ name, phones: [phone], emails: [] }] },
    files: [],
    ownPhone: user_id !== undefined && user_id === senderId ? phone : null,
  }
}

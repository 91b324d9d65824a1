import { z } from 'zod'
import type { MessageBody } from '#contract/conversations.ts'
import type { IncomingFile } from '../adapter.ts'

export interface ReadBody {
  readonly body: MessageBody
  readonly files: readonly IncomingFile[]
}

const optional = z.string().nullish().catch(null)
const Attachment = z.looseObject({
  type: z.string().min(1).max(100),
  title: optional,
  url: optional,
  payload: z
    .looseObject({
      url: optional,
      title: optional,
      text: optional,
      sticker_id: z.union([z.string(), z.number()]).nullish().catch(null),
      coordinates: z.object({ lat: z.coerce.number(), long: z.coerce.number() }).nullish().catch(null),
      buttons: z.array(z.unknown()).nullish().catch(null),
    })
    .nullish()
    .catch(null),
})
type Attachment = z.infer<typeof Attachment>

const Content = z.object({
  text: optional,
  quick_reply: z.unknown().optional(),
  attachments: z.array(Attachment).nullish(),
  is_unsupported: z.boolean().optional().catch(undefined),
  reply_to: z
    .object({ story: z.object({ url: optional }).optional() })
    .nullish()
    .catch(null),
})

const kinds = { image: 'image', sticker: 'image', video: 'video', audio: 'audio', file: 'file' } as const
const isFile = (type: string): type is keyof typeof kinds => Object.hasOwn(kinds, type)

/** Attachments that lead to something shown on Facebook or Instagram. */
const links = new Set(['fallback', 'share', 'post', 'ig_post', 'reel', 'ig_reel'])

/**
 * What a message says. Kinds that cannot be shown, also ones invented later, are a message all the same: it stands in the
 * thread by its kind's name.
 * Source: developers.facebook.com/documentation/business-messaging/messenger-platform/webhooks/webhook-events/messages
 * @throws ZodError when the message does not have the published form
 */
export function readBody(message: unknown): ReadBody {
  const { text, quick_reply, attachments, is_unsupported, reply_to } = Content.parse(message)
  const parts = withoutTwins(attachments ?? [])
  const words = withLinks(text ?? '', parts)
  const files = parts.flatMap(readFile)
  const mention = parts.find(({ type }) => type === 'story_mention')
  const story = mention === undefined ? reply_to?.story : { url: mention.payload?.url }
  if (story !== undefined)
    return {
      body: {
        type: 'story',
        cause: mention === undefined ? 'reply' : 'mention',
        text: words || null,
        // Meta lets nobody keep what a story shows, only the address that shows it while it lasts
        url: isWebAddress(story.url) ? story.url : null,
      },
      files,
    }
  if (files.length > 0) return { body: { type: 'attachment', text: words || null }, files }
  return { body: readWords(words, quick_reply !== undefined && quick_reply !== null, parts, is_unsupported), files }
}

function readWords(words: string, isChoice: boolean, parts: readonly Attachment[], isUnsupported = false): MessageBody {
  if (words !== '' && isChoice) return { type: 'buttons', text: words, choices: [], chosen: words }
  const place = parts.find(({ payload }) => payload?.coordinates)
  if (place?.payload?.coordinates) {
    const { lat, long } = place.payload.coordinates
    return { type: 'location', latitude: lat, longitude: long, name: place.title || null, address: null }
  }
  const choices = parts.flatMap(({ payload }) => payload?.buttons ?? []).flatMap(titleOf)
  const asked = words || parts.map(({ payload, title }) => payload?.text ?? payload?.title ?? title ?? '').find(Boolean)
  if (asked && choices.length > 0) return { type: 'buttons', text: asked, choices, chosen: null }
  if (asked) return { type: 'text', text: asked }
  return { type: 'unsupported', hint: parts[0]?.type ?? (isUnsupported ? 'unsupported' : 'empty') }
}

const Titled = z.object({ title: z.string().min(1) })
const titleOf = (button: unknown) => {
  const read = Titled.safeParse(button).data
  return read === undefined ? [] : [read.title]
}

/** Until the end of August 2026 a sticker comes twice: as itself, and as the image it was before. */
function withoutTwins(parts: readonly Attachment[]): readonly Attachment[] {
  const stickers = new Set(parts.filter(({ type }) => type === 'sticker').map(({ payload }) => payload?.sticker_id))
  return parts.filter(
    ({ type, payload }) => type !== 'image' || !payload?.sticker_id || !stickers.has(payload.sticker_id),
  )
}

function withLinks(text: string, parts: readonly Attachment[]): string {
  const shared = parts
    .filter(({ type }) => links.has(type))
    .flatMap(({ title, url, payload }) => {
      const address = payload?.url || url || ''
      if (address === '' || text.includes(address)) return []
      const name = payload?.title || title || ''
      return [name === '' ? address : `${name}\n${address}`]
    })
  return [...(text === '' ? [] : [text]), ...shared].join('\n')
}

const isWebAddress = (url: string | null | undefined): url is string => /^https?:\/\//i.test(url ?? '')

function readFile({ type, payload }: Attachment): IncomingFile[] {
  const url = payload?.url
  if (!isFile(type) || !url || !URL.canParse(url)) return []
  return [
    {
      kind: kinds[type],
      name: nameOf(new URL(url), type),
      type: 'application/octet-stream',
      contentId: null,
      content: { source: { url } },
    },
  ]
}

/** A file has no name but the last part of its address, where that is one. */
function nameOf({ pathname }: URL, type: string): string {
  const last = pathname.split('/').at(-1) ?? ''
  try {
    const name = decodeURIComponent(last)
    return /[^.]\.[a-z0-9]{1,8}$/i.test(name) ? name : type
  } catch {
    return type
  }
}

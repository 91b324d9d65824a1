import { z } from 'zod'

const docs = 'https://developers.facebook.com/documentation/business-messaging/whatsapp'

export interface Violation {
  /** What WhatsApp would say. */
  readonly code: number
  readonly details: string
  /** Where the rule is published. */
  readonly source: string
}
export interface Template {
  readonly name: string
  readonly language: string
  readonly status: string
  readonly category: string
  readonly components: readonly { type: string; format?: string; text?: string; buttons?: readonly unknown[] }[]
}

const text = (max: number) => z.string().min(1).max(max)
const Common = z.strictObject({
  messaging_product: z.literal('whatsapp'),
  recipient_type: z.literal('individual').optional(),
  to: z
    .string()
    .regex(/^\+?\d{5,20}$/)
    .optional(),
  recipient: z
    .string()
    .regex(/^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/)
    .optional(),
  context: z.strictObject({ message_id: text(500) }).optional(),
  type: z.enum(['text', 'image', 'video', 'audio', 'document', 'template', 'interactive']),
})

/** Which page publishes the form of each type, below the documentation's root. */
const content = {
  text: {
    page: '/messages/text-messages',
    shape: z.strictObject({ preview_url: z.boolean().optional(), body: text(4096) }),
  },
  image: { page: '/messages/image-messages', shape: z.strictObject({ id: text(100), caption: text(1024).optional() }) },
  video: { page: '/messages/video-messages', shape: z.strictObject({ id: text(100), caption: text(1024).optional() }) },
  // a sound has no caption
  audio: { page: '/messages/audio-messages', shape: z.strictObject({ id: text(100), voice: z.boolean().optional() }) },
  document: {
    page: '/messages/document-messages',
    shape: z.strictObject({ id: text(100), caption: text(1024).optional(), filename: text(240).optional() }),
  },
  interactive: {
    page: '/messages/interactive-reply-buttons-messages',
    shape: z.discriminatedUnion('type', [
      z.strictObject({
        type: z.literal('button'),
        body: z.strictObject({ text: text(1024) }),
        action: z.strictObject({
          buttons: z
            .array(
              z.strictObject({ type: z.literal('reply'), reply: z.strictObject({ id: text(256), title: text(20) }) }),
            )
            .min(1)
            .max(3)
            .refine(
              (buttons) => new Set(buttons.map(({ reply }) => reply.title)).size === buttons.length,
              'titles of buttons must not repeat',
            ),
        }),
      }),
      z.strictObject({
        type: z.literal('list'),
        body: z.strictObject({ text: text(4096) }),
        action: z.strictObject({
          button: text(20),
          sections: z
            .array(
              z.strictObject({
                title: text(24).optional(),
                rows: z
                  .array(z.strictObject({ id: text(200), title: text(24) }))
                  .min(1)
                  .max(10),
              }),
            )
            .min(1)
            .max(10),
        }),
      }),
    ]),
  },
  template: {
    page: '/templates',
    shape: z.strictObject({
      name: text(512),
      language: z.strictObject({ code: text(20) }),
      components: z
        .array(
          z.strictObject({
            type: z.enum(['header', 'body']),
            parameters: z
              .array(
                z.strictObject({
                  type: z.literal('text'),
                  parameter_name: text(100).optional(),
                  text: text(1024).refine(
                    (value) => !/[\n\t]| {5}/.test(value),
                    'no new lines, tabs or long gaps in parameters',
                  ),
                }),
              )
              .min(1),
          }),
        )
        .optional(),
    }),
  },
} as const

const media = ['image', 'video', 'audio', 'document'] as const

/** What WhatsApp would object to in a request to send a message; null for a good one. */
export function violationOf(
  body: unknown,
  known: { mediaIds: ReadonlySet<string>; templates: readonly Template[] },
): Violation | null {
  const loose = z.looseObject({ type: z.string() }).safeParse(body).data
  const type = loose?.type
  if (loose === undefined || type === undefined || !Object.hasOwn(content, type))
    return { code: 131009, details: 'type is not one of the types', source: `${docs}/messages/send-messages` }
  const kind = type as keyof typeof content
  const { [kind]: own, ...rest } = loose as Record<string, unknown>
  const common = Common.safeParse(rest)
  if (!common.success) return invalid(common.error, `${docs}/messages/send-messages`)
  if (common.data.to === undefined && common.data.recipient === undefined)
    return { code: 131008, details: 'to or recipient is required', source: `${docs}/business-scoped-user-ids` }
  const read = content[kind].shape.safeParse(own)
  if (!read.success) return invalid(read.error, docs + content[kind].page)
  if ((media as readonly string[]).includes(kind) && !known.mediaIds.has((own as { id: string }).id))
    return {
      code: 131009,
      details: `there is no media ${(own as { id: string }).id}`,
      source: `${docs}/business-phone-numbers/media`,
    }
  return kind === 'template' ? templateViolation(own as TemplateRequest, known.templates) : null
}

const invalid = (error: z.ZodError, source: string): Violation => ({
  code: 131009,
  details: z.prettifyError(error),
  source,
})

interface TemplateRequest {
  name: string
  language: { code: string }
  components?: { type: string; parameters: { parameter_name?: string }[] }[]
}

function templateViolation(sent: TemplateRequest, templates: readonly Template[]): Violation | null {
  const source = `${docs}/support/error-codes`
  const template = templates.find(({ name, language }) => name === sent.name && language === sent.language.code)
  if (template === undefined)
    return { code: 132001, details: 'Template name does not exist in the translation', source }
  for (const part of ['header', 'body']) {
    const words = template.components.find(({ type }) => type.toLowerCase() === part)?.text ?? ''
    const expected = [...new Set([...words.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map((match) => match[1]!))]
    const given = sent.components?.find(({ type }) => type === part)?.parameters ?? []
    const names = given.map((parameter, at) => parameter.parameter_name ?? String(at + 1))
    if (names.toSorted().join() !== expected.toSorted().join())
      return {
        code: 132000,
        details: `${part}: number of localizable_params (${given.length}) does not match (${expected.length})`,
        source,
      }
  }
  return null
}

/** Types that may be uploaded. Source: …/whatsapp/business-phone-numbers/media */
const uploadable =
  /^(audio\/(aac|amr|mpeg|mp4|ogg(; codecs=opus)?)|image\/(jpeg|png|webp)|video\/(mp4|3gpp)|text\/plain|application\/(pdf|msword|vnd\.ms-(excel|powerpoint)|vnd\.openxmlformats-officedocument\..*))$/

/** What WhatsApp would object to in an upload; null for a good one. */
export function uploadViolationOf(form: FormData): Violation | null {
  const source = `${docs}/business-phone-numbers/media`
  const type = form.get('type')
  const file = form.get('file')
  if (form.get('messaging_product') !== 'whatsapp')
    return { code: 100, details: 'The parameter messaging_product is required.', source }
  if (!(file instanceof Blob)) return { code: 100, details: 'The parameter file is required.', source }
  if (typeof type !== 'string' || !uploadable.test(type))
    return {
      code: 100,
      details: `Param file must be a file with one of the supported types, not ${typeof type === 'string' ? type : 'none'}.`,
      source,
    }
  return file.size > 100_000_000 ? { code: 131053, details: 'The file is too large.', source } : null
}

import type { ApiMethods } from '@grammyjs/types'
import { z } from 'zod'

const docs = 'https://core.telegram.org/bots/api'

export interface TelegramViolation {
  readonly description: string
  /** Where the rule is published. */
  readonly source: string
}

type Args<Method extends keyof ApiMethods<unknown>> = NonNullable<Parameters<ApiMethods<unknown>[Method]>[0]>
/** The parameters of a method, as a third-party client knows them; another name does not compile. */
const shape = <Method extends keyof ApiMethods<unknown>>(
  _method: Method,
  fields: Partial<Record<keyof Args<Method> & string, z.ZodType>>,
) => z.strictObject(fields as Record<string, z.ZodType>)

const text = (max: number) => z.string().min(1).max(max)
const chat_id = z.number().int()
const reply_parameters = z
  .strictObject({ message_id: z.number().int().positive(), allow_sending_without_reply: z.boolean().optional() })
  .optional()
const caption = text(1024).optional()
const file = z.instanceof(File)
const common = { chat_id, reply_parameters }
const reply_markup = z
  .strictObject({
    inline_keyboard: z.array(
      z.array(
        z.strictObject({
          text: text(64),
          callback_data: z.string().refine((data) => Buffer.byteLength(data) >= 1 && Buffer.byteLength(data) <= 64),
        }),
      ),
    ),
  })
  .optional()
const allowed_updates = z.array(z.string())

/** Which requests we may make, and what each may say. Source: core.telegram.org/bots/api#available-methods */
const methods: Record<string, z.ZodType> = {
  getMe: z.strictObject({}),
  getWebhookInfo: z.strictObject({}),
  setWebhook: shape('setWebhook', {
    url: z.url({ protocol: /^https$/ }).refine((url) => ['', '80', '88', '443', '8443'].includes(new URL(url).port)),
    secret_token: z.string().regex(/^[A-Za-z0-9_-]{1,256}$/),
    allowed_updates,
  }),
  deleteWebhook: shape('deleteWebhook', { drop_pending_updates: z.boolean().optional() }),
  getUpdates: shape('getUpdates', {
    offset: z.number().int(),
    timeout: z.number().int().min(0).max(50),
    allowed_updates,
  }),
  getFile: shape('getFile', { file_id: text(200) }),
  sendMessage: shape('sendMessage', { ...common, text: text(4096), reply_markup }),
  sendPhoto: shape('sendPhoto', { ...common, caption, photo: file }),
  sendVideo: shape('sendVideo', { ...common, caption, video: file }),
  sendAnimation: shape('sendAnimation', { ...common, caption, animation: file }),
  sendAudio: shape('sendAudio', { ...common, caption, audio: file }),
  sendVoice: shape('sendVoice', { ...common, caption, voice: file }),
  sendDocument: shape('sendDocument', { ...common, caption, document: file }),
  leaveChat: shape('leaveChat', { chat_id }),
  answerCallbackQuery: shape('answerCallbackQuery', { callback_query_id: text(64) }),
}

/** What Telegram would object to in a request, or in an answer to a webhook that is one; null for a good one. */
export function violationOf(method: string, params: Readonly<Record<string, unknown>>): TelegramViolation | null {
  const rule = Object.hasOwn(methods, method) ? methods[method] : undefined
  const source = `${docs}#${method.toLowerCase()}`
  if (rule === undefined) return { description: `Not Found: ${method}`, source }
  const read = rule.safeParse(params)
  if (!read.success) return { description: `Bad Request: ${z.prettifyError(read.error)}`, source }
  const photo = params['photo']
  if (photo instanceof File && photo.size > 10_000_000)
    return { description: 'Bad Request: file is too big', source: `${docs}#sending-files` }
  return null
}

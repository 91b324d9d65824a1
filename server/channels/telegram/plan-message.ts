import type { Outgoing } from '../adapter.ts'

type OutgoingFile = Outgoing['files'][number]

/** A request that sends a message, and which parameter its file is. */
export interface PlannedCall {
  readonly method: string
  readonly params: Readonly<Record<string, unknown>>
  readonly file: { readonly field: string; readonly source: OutgoingFile } | null
}

/** Pictures beyond this go as documents. Source: core.telegram.org/bots/api#sending-files */
const maxPhotoBytes = 10_000_000

/** How each file shows in the chat; what Telegram does not show itself goes as a document, which any file may be. */
function methodFor({ kind, type, size }: OutgoingFile): { method: string; field: string } {
  if (kind === 'image' && type === 'image/gif') return { method: 'sendAnimation', field: 'animation' }
  if (kind === 'image' && /^image\/(jpeg|png|webp)$/.test(type) && size <= maxPhotoBytes)
    return { method: 'sendPhoto', field: 'photo' }
  if (kind === 'video' && type === 'video/mp4') return { method: 'sendVideo', field: 'video' }
  if (kind === 'audio' && /^audio\/(ogg|opus)$/.test(type)) return { method: 'sendVoice', field: 'voice' }
  if (kind === 'audio' && /^audio\/(mpeg|mp4|x-m4a)$/.test(type)) return { method: 'sendAudio', field: 'audio' }
  return asDocument
}

const asDocument = { method: 'sendDocument', field: 'document' }

/**
 * The request that sends a message. Source: core.telegram.org/bots/api#available-methods
 * @param plain a picture that Telegram would not take as one goes as a document
 */
export function planMessage(
  { to, body, files, replyToExtId }: Pick<Outgoing, 'to' | 'body' | 'files' | 'replyToExtId'>,
  plain = false,
): PlannedCall {
  const answered = replyToExtId?.split(':')[1]
  const common = {
    chat_id: Number(to.address),
    // of a press of a button there is no message to answer
    ...(answered === undefined || !/^\d+$/.test(answered)
      ? {}
      : { reply_parameters: { message_id: Number(answered), allow_sending_without_reply: true } }),
  }
  const words = body.type === 'template' ? '' : body.text
  const source = files[0]
  if (source !== undefined) {
    const { method, field } = plain ? asDocument : methodFor(source)
    return { method, params: { ...common, ...(words === '' ? {} : { caption: words }) }, file: { field, source } }
  }
  const buttons = body.type === 'buttons' ? { reply_markup: { inline_keyboard: keyboardOf(body.choices) } } : {}
  return { method: 'sendMessage', params: { ...common, text: words, ...buttons }, file: null }
}

/** One under the other: what is written on them is seen whole. */
const keyboardOf = (choices: readonly string[]) =>
  choices.map((words, at) => [{ text: words, callback_data: `choice-${at + 1}` }])

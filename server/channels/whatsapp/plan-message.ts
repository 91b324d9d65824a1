import type { OutgoingBody } from '#contract/conversations.ts'
import type { Outgoing } from '../adapter.ts'
import { isPhoneAddress } from './address.ts'

type OutgoingFile = Outgoing['files'][number]
export type MediaType = 'image' | 'video' | 'audio' | 'document'

/**
 * What WhatsApp shows in the chat itself; everything else goes as a document, which any file may be.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media (supported types, sizes)
 */
const shown: Readonly<Record<Exclude<MediaType, 'document'>, { types: RegExp; maxBytes: number }>> = {
  image: { types: /^image\/(jpeg|png)$/, maxBytes: 5_000_000 },
  video: { types: /^video\/(mp4|3gpp)$/, maxBytes: 16_000_000 },
  audio: { types: /^audio\/(aac|amr|mpeg|mp4|ogg)$/, maxBytes: 16_000_000 },
}

/** How a file is sent. A sound has no caption, so one with words goes as a document: nothing said is lost. */
export function mediaTypeOf(file: Pick<OutgoingFile, 'kind' | 'type' | 'size'>, caption: string): MediaType {
  if (file.kind === 'file' || (file.kind === 'audio' && caption !== '')) return 'document'
  const { types, maxBytes } = shown[file.kind]
  return types.test(file.type) && file.size <= maxBytes ? file.kind : 'document'
}

/**
 * The request that sends a message, to `POST /<phone number id>/messages`.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages
 * @param mediaId the id of the uploaded file, where the message has one
 */
export function planMessage(
  message: Pick<Outgoing, 'to' | 'body' | 'replyToExtId'> & { files: readonly OutgoingFile[] },
  mediaId: string | null,
): Record<string, unknown> {
  const { address } = message.to
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    // a business-scoped user id has a property of its own: …/whatsapp/business-scoped-user-ids
    ...(isPhoneAddress(address) ? { to: address } : { recipient: address }),
    ...(message.replyToExtId === null ? {} : { context: { message_id: message.replyToExtId } }),
    ...contentOf(message.body, message.files[0], mediaId),
  }
}

function contentOf(
  body: OutgoingBody,
  file: OutgoingFile | undefined,
  mediaId: string | null,
): Record<string, unknown> {
  switch (body.type) {
    case 'text':
      if (file === undefined || mediaId === null) return { type: 'text', text: { preview_url: true, body: body.text } }
      return mediaContent(file, mediaId, body.text)
    case 'template':
      return { type: 'template', template: templateContent(body) }
    case 'buttons':
      return { type: 'interactive', interactive: interactiveContent(body) }
  }
}

function mediaContent(file: OutgoingFile, mediaId: string, caption: string): Record<string, unknown> {
  const type = mediaTypeOf(file, caption)
  return {
    type,
    [type]: {
      id: mediaId,
      ...(caption === '' ? {} : { caption }),
      ...(type === 'document' ? { filename: file.name } : {}),
    },
  }
}

/** Up to three choices are buttons, more are a list. */
function interactiveContent({ text, choices }: Extract<OutgoingBody, { type: 'buttons' }>): Record<string, unknown> {
  if (choices.length <= 3) {
    const buttons = choices.map((title, at) => ({ type: 'reply', reply: { id: `choice-${at + 1}`, title } }))
    return { type: 'button', body: { text }, action: { buttons } }
  }
  const rows = choices.map((title, at) => ({ id: `choice-${at + 1}`, title }))
  // the list opens by a button, which needs a label in no language
  return { type: 'list', body: { text }, action: { button: '☰', sections: [{ rows }] } }
}

const headerPrefix = 'header.'

/** Variables of the header carry a prefix, because both parts number theirs from one. */
export const headerVariable = (name: string): string => `${headerPrefix}${name}`

/** Source: developers.facebook.com/documentation/business-messaging/whatsapp/templates (positional and named parameters) */
function templateContent({ name, language, variables }: Extract<OutgoingBody, { type: 'template' }>): unknown {
  const entries = Object.entries(variables)
  const header = entries
    .filter(([key]) => key.startsWith(headerPrefix))
    .map(([key, value]): [string, string] => [key.slice(headerPrefix.length), value])
  const body = entries.filter(([key]) => !key.startsWith(headerPrefix))
  const components = [
    ...(header.length === 0 ? [] : [{ type: 'header', parameters: parametersOf(header) }]),
    ...(body.length === 0 ? [] : [{ type: 'body', parameters: parametersOf(body) }]),
  ]
  return { name, language: { code: language }, ...(components.length === 0 ? {} : { components }) }
}

function parametersOf(entries: readonly (readonly [string, string])[]): unknown[] {
  return entries
    .toSorted(([a], [b]) => Number(a) - Number(b) || 0)
    .map(([key, value]) => ({
      type: 'text',
      ...(/^\d+$/.test(key) ? {} : { parameter_name: key }),
      // new lines, tabs and long gaps are not allowed in a parameter
      text: value.replace(/\s+/g, ' ').trim(),
    }))
}

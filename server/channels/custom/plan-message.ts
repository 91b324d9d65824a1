import type { Outgoing } from '../adapter.ts'

/**
 * The body of `POST <API base URL>/message`: what the integrator is asked to send.
 * @param fileUrl where it may fetch the message's file, when there is one
 */
export function planMessage(
  publicId: string,
  message: Pick<Outgoing, 'to' | 'body' | 'files'>,
  fileUrl: string | null,
): Record<string, unknown> {
  return { channelId: publicId, contactId: message.to.address, message: contentOf(message, fileUrl) }
}

function contentOf({ body, files }: Pick<Outgoing, 'body' | 'files'>, fileUrl: string | null): Record<string, unknown> {
  if (body.type === 'buttons') return { type: 'quick_reply', title: body.text, replies: body.choices }
  const text = body.type === 'text' ? body.text : ''
  const file = files[0]
  if (file === undefined || fileUrl === null) return { type: 'text', text }
  return {
    type: 'attachment',
    attachment: {
      type: file.kind,
      url: fileUrl,
      mimeType: file.type,
      fileName: file.name,
      ...(text === '' ? {} : { description: text }),
    },
  }
}

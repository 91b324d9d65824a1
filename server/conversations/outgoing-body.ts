import type { ChannelKind } from '#contract/channel-kind.ts'
import type { MessageBody, OutgoingBody } from '#contract/conversations.ts'

/** A body as stored: what is shown, and beside it what only sending needs. */
export type StoredBody = MessageBody & Readonly<Record<string, unknown>>

/**
 * What a member sends, as it stands in the thread. On e-mail every text is a mail, with its recipients; a template shows
 * the text it will have.
 */
export function storedBody(
  body: OutgoingBody,
  line: { kind: ChannelKind; to: string; templateText: string; fileCount: number },
): StoredBody {
  switch (body.type) {
    case 'text':
      if (line.kind === 'email')
        return {
          type: 'email',
          subject: body.subject ?? null,
          text: body.text,
          quoted: null,
          hasHtml: false,
          to: [line.to],
          cc: body.cc ?? [],
          autoReply: false,
        }
      if (line.fileCount > 0) return { type: 'attachment', text: body.text === '' ? null : body.text }
      return { type: 'text', text: body.text }
    case 'template':
      return {
        type: 'template',
        name: body.name,
        language: body.language,
        text: line.templateText,
        variables: body.variables,
      }
    case 'buttons':
      return { type: 'buttons', text: body.text, choices: body.choices, chosen: null }
  }
}

/** The way back: what is to be sent, from the stored row. */
export function outgoingBody(body: StoredBody): OutgoingBody {
  switch (body.type) {
    case 'email':
      return { type: 'text', text: body.text, subject: body.subject, cc: body.cc }
    case 'template':
      return {
        type: 'template',
        name: body.name,
        language: body.language,
        variables: (body['variables'] ?? {}) as Record<string, string>,
      }
    case 'buttons':
      return { type: 'buttons', text: body.text, choices: body.choices }
    case 'text':
    case 'attachment':
      return { type: 'text', text: body.text ?? '' }
    case 'location':
    case 'contacts':
    case 'note':
    case 'story':
    case 'unsent':
    case 'unsupported':
      throw new Error(`a body of type ${body.type} is never sent`)
  }
}

import type { MessageBody } from '#contract/conversations.ts'

/** The first words of a message, on one line; null where it has none and its type must speak. */
export function snippetOf(body: MessageBody): string | null {
  const text = wordsOf(body)?.slice(0, 400).replace(/\s+/g, ' ').trim()
  return text === undefined || text === '' ? null : text.slice(0, 160).toWellFormed()
}

function wordsOf(body: MessageBody): string | null {
  switch (body.type) {
    case 'text':
    case 'note':
    case 'template':
    case 'attachment':
    case 'story':
      return body.text
    case 'email':
      return body.text.trim() === '' ? body.subject : body.text
    case 'buttons':
      return body.chosen ?? body.text
    case 'location':
      return body.name ?? body.address
    case 'contacts':
      return body.contacts.map(({ name }) => name).join(', ')
    case 'unsent':
    case 'unsupported':
      return null
  }
}

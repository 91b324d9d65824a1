// pure
import type { ExportedContact } from './load-contacts.ts'

/** What a card tells of a contact. */
export type Card = Omit<ExportedContact, 'status' | 'channels' | 'lastMessageAt'>

/**
 * A contact as vCard 4.0 (RFC 6350; CREATED: RFC 9554). What has no property there of its own stands in `X-FICHA-…`, as a CSV would
 * write it.
 */
export function vcardText(contact: Card, slugs: ReadonlyMap<number, string>): string {
  const { id, firstName, lastName, name, phones, emails, country, language, tags, custom } = contact
  const { lifecycle, assignee, optOuts, createdAt } = contact
  const lines = [
    'BEGIN:VCARD',
    'VERSION:4.0',
    `FN:${escaped(name ?? `#${id}`)}`,
    // a card has to be called something: whoever reads it back is told that this is no name
    ...(firstName === null && lastName === null
      ? ['X-FICHA-NAMELESS:1']
      : [`N:${escaped(lastName ?? '')};${escaped(firstName ?? '')};;;`]),
    ...phones.map((phone, at) => `TEL;VALUE=uri${at === 0 ? ';PREF=1' : ''}:tel:${phone}`),
    ...emails.map((email, at) => `EMAIL${at === 0 ? ';PREF=1' : ''}:${escaped(email)}`),
    ...(language === null ? [] : [`LANG:${language}`]),
    ...(country === null ? [] : [`X-FICHA-COUNTRY:${country}`]),
    ...(tags.length === 0 ? [] : [`CATEGORIES:${tags.map(escaped).join(',')}`]),
    ...Object.entries(custom).flatMap(([fieldId, value]) => {
      const slug = slugs.get(Number(fieldId))
      return slug === undefined ? [] : [`X-FICHA-${slug.toUpperCase().replaceAll('_', '-')}:${escaped(String(value))}`]
    }),
    ...(lifecycle === null ? [] : [`X-FICHA-LIFECYCLE:${escaped(lifecycle)}`]),
    ...(assignee === null ? [] : [`X-FICHA-ASSIGNEE:${escaped(assignee)}`]),
    ...(optOuts.length === 0 ? [] : [`X-FICHA-OPT-OUTS:${escaped(optOuts.join(' | '))}`]),
    `CREATED:${createdAt.replace(/\.\d+/, '').replaceAll(/[-:]/g, '')}`,
    `X-FICHA-ID:${id}`,
    'END:VCARD',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

const special = /[\\,;\r\n]/
const escaped = (text: string) =>
  special.test(text) ? text.replace(/[\\,;]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n') : text

/** No character takes more octets for each of its UTF-16 units. */
const octetsEach = 3

/** At most 75 octets a line; what follows begins with a blank. No character is cut. */
function folded(line: string): string {
  if (line.length * octetsEach <= 75 || Buffer.byteLength(line) <= 75) return line
  let [text, room] = ['', 75]
  for (const character of line) {
    const size = Buffer.byteLength(character)
    if (size > room) {
      text += '\r\n '
      room = 74
    }
    text += character
    room -= size
  }
  return text
}

import { createHash } from 'node:crypto'
import type { ReadMail } from './read-mail.ts'
import { fieldOf } from './bound-head.ts'

/**
 * The id under which a mail that came in is known: its Message-ID with a hash of what it says. Two mails may carry one
 * Message-ID, and some carry none; one mail may come by two ways, which changes its outer fields and encodings, but not
 * what is hashed. Pure.
 */
export function extIdOf(mail: ReadMail): string {
  const hash = createHash('sha256')
  const take = (part: string | Buffer) => hash.update(String(part.length)).update(':').update(part)
  take(squeeze(mail.from.map(({ address }) => address).join(',')))
  take(squeeze(mail.subject ?? ''))
  take(squeeze(mail.text))
  take(squeeze(mail.html ?? ''))
  for (const { filename, content } of mail.attachments) {
    take(filename ?? '')
    take(content)
  }
  if (mail.broken) take(mail.body)
  // where nothing names it, the time tells one “yes” from the next
  if (mail.messageId === null) take(fieldOf(mail, 'date') ?? '')
  const id = mail.messageId !== null && mail.messageId.length <= 300 ? mail.messageId : ''
  return `${id}#${hash.digest('hex').slice(0, 32)}`
}

/** The Message-ID within such an id, or of one of ours; null where there is none to refer to. */
export function messageIdOf(extId: string): string | null {
  const id = extId.replace(/#[0-9a-f]{32}$/, '')
  return /^[^<>\s"(),;:\\]{1,200}@[^<>\s"(),;\\]{1,200}$/.test(id) ? id : null
}

const squeeze = (text: string) => text.replace(/\s+/g, ' ').trim()

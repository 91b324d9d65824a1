import type { Incoming } from '../adapter.ts'
import { fieldOf, type CutMail, cutMail } from './bound-head.ts'
import type { OwnIds } from './own-id.ts'
import type { ReadMail } from './read-mail.ts'
import { translateStatus } from './translate-status.ts'

type Status = Extract<Incoming, { type: 'status' }>

/**
 * Reads what a mail server reports about a mail of ours. Null: it is no report. An empty list: it is one, about a delay, a
 * copy, or a mail that this workspace never sent; a conversation comes of none of them.
 * Sources: RFC 3462 (multipart/report), RFC 3464 (delivery-status), RFC 8098 (disposition-notification). Pure.
 */
export function readReport(mail: ReadMail, workspaceId: number, ids: OwnIds): Status[] | null {
  const type = (fieldOf(mail, 'content-type') ?? '').toLowerCase()
  if (/^multipart\/report\b/.test(type)) {
    if (/disposition-notification/.test(type)) return readDisposition(mail, workspaceId, ids)
    return /feedback-report/.test(type) ? [] : readDeliveryStatus(mail, workspaceId, ids)
  }
  return isPlainBounce(mail) ? readDeliveryStatus(mail, workspaceId, ids) : null
}

function readDeliveryStatus(mail: ReadMail, workspaceId: number, ids: OwnIds): Status[] {
  const part = mail.attachments.find(({ contentType }) => contentType === 'message/delivery-status')
  if (part === undefined) return readPlainBounce(mail, workspaceId, ids)
  const recipients = part.content
    .subarray(0, 64 * 1024)
    .toString('latin1')
    .split(/\r?\n\s*\r?\n/)
    .map((block) => cutMail(Buffer.from(`${block.trim()}\r\n\r\n`, 'latin1')))
    .filter((block) => fieldOf(block, 'action') !== null)
  const returned = returnedHead(mail)
  const named = namedIds(mail, returned, workspaceId, ids)
  const contact = addressOf(returned === null ? null : fieldOf(returned, 'to'))
  const news = recipients.find((block) => isAbout(block, contact)) ?? (contact === null ? recipients[0] : undefined)
  if (news === undefined) return []
  const action = fieldOf(news, 'action')!.toLowerCase().trim()
  if (action === 'delivered')
    return named.map((extId) => ({ type: 'status', extId, status: 'delivered', at: mail.sentAt }))
  if (action !== 'failed') return []
  const code = fieldOf(news, 'status') ?? ''
  const words = (fieldOf(news, 'diagnostic-code') ?? '').replace(/^[\w-]+\s*;\s*/, '')
  return named.map((extId) => failed(extId, mail, translateStatus(code, words), words || code))
}

/** The bounces of servers that know no reports (qmail, Exim), and texts of those that break their own. */
function readPlainBounce(mail: ReadMail, workspaceId: number, ids: OwnIds): Status[] {
  const words = `${mail.text}\n${mail.attachments.map(({ content }) => content.subarray(0, 64 * 1024).toString('latin1')).join('\n')}`
  const named = ids.find(
    workspaceId,
    `${mail.references.join(' ')} ${words} ${mail.body.subarray(0, 256 * 1024).toString('latin1')}`,
  )
  if (/\b(?:delayed|retry|will keep trying|se seguir[áa] intentando)\b/i.test(mail.subject ?? '')) return []
  const [, code = ''] = /(?:^|[\s(#])([245]\.\d{1,3}\.\d{1,3})\b/.exec(words) ?? []
  const reason =
    words
      .split('\n')
      .find((line) => /\b(?:55[0-4]|5\.\d{1,3}\.\d{1,3})\b/.test(line))
      ?.trim() ?? null
  return named.map((extId) => failed(extId, mail, translateStatus(code, words), reason))
}

/** A confirmation of reading says only that it was shown. */
function readDisposition(mail: ReadMail, workspaceId: number, ids: OwnIds): Status[] {
  const part = mail.attachments.find(({ contentType }) => contentType === 'message/disposition-notification')
  const fields = cutMail(part?.content.subarray(0, 16 * 1024) ?? Buffer.alloc(0))
  const [id = ''] = /[^<>\s]+@[^<>\s]+/.exec(fieldOf(fields, 'original-message-id') ?? '') ?? []
  const shown = /;\s*displayed\b/i.test(fieldOf(fields, 'disposition') ?? '')
  return shown && ids.read(workspaceId, id) !== null
    ? [{ type: 'status', extId: id.toLowerCase(), status: 'read', at: mail.sentAt }]
    : []
}

const failed = (extId: string, mail: ReadMail, code: string, detail: string | null): Status => ({
  type: 'status',
  extId,
  status: 'failed',
  at: mail.sentAt,
  failure: { code, detail: detail === null ? null : detail.replace(/\s+/g, ' ').slice(0, 500) },
})

/** The head of our mail as it was sent back, whole or headers only. */
function returnedHead({ attachments }: ReadMail): CutMail | null {
  const part = attachments.find(({ contentType }) =>
    /^(?:message\/rfc822|text\/rfc822-headers|message\/global)/.test(contentType),
  )
  return part === undefined ? null : cutMail(part.content)
}

function namedIds(mail: ReadMail, returned: CutMail | null, workspaceId: number, ids: OwnIds): string[] {
  const own = ids.find(workspaceId, returned === null ? '' : (fieldOf(returned, 'message-id') ?? ''))
  if (own.length > 0) return own
  const referred = ids.find(workspaceId, mail.references.slice(0, 1).join(' '))
  return referred.length > 0 ? referred : ids.find(workspaceId, mail.text)
}

/** Copies go to others besides the contact: their trouble is not the message's. Unknown recipients count. */
function isAbout(block: CutMail, contact: string | null): boolean {
  if (contact === null) return true
  const named = ['original-recipient', 'final-recipient'].map((name) => addressOf(fieldOf(block, name)))
  return named.every((address) => address === null) || named.includes(contact)
}

const addressOf = (value: string | null): string | null =>
  /[^\s<>;,"]+@[^\s<>;,"]+/.exec(value ?? '')?.[0]?.toLowerCase() ?? null

const daemon = /^(?:mailer-daemon|postmaster|mail-daemon|mailerdaemon|microsoftexchange[0-9a-f]+)@/i
const bounceSubject =
  /undeliver|undelivered|delivery (?:status notification|failure|has failed|incomplete)|mail delivery (?:failed|system)|failure notice|returned mail|returned to sender|could not be delivered|delivery delayed|no se (?:puede|pudo|ha podido) entregar|no entregado|devuelto al remitente|n[ãa]o (?:p[ôo]de|foi) .{0,20}entreg|non remis|unzustellbar|impossibile recapitare/i

/** From a mail system, and sent so that nobody answers it, or titled like a bounce. */
function isPlainBounce(mail: ReadMail): boolean {
  const from = mail.from[0]?.address ?? ''
  const fromNobody = /^\s*<\s*>\s*$/.test(fieldOf(mail, 'return-path') ?? '')
  const titled = bounceSubject.test(mail.subject ?? '')
  return (
    (daemon.test(from) && (titled || fromNobody)) ||
    (fromNobody && titled) ||
    fieldOf(mail, 'x-failed-recipients') !== null
  )
}

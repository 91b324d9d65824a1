import { createHash } from 'node:crypto'
import type { Attachment } from 'mailparser'
import type { Incoming, IncomingFile, StoredEvent } from '../adapter.ts'
import { fieldOf } from './bound-head.ts'
import { readEventHeaders, type EventHeaders } from './event-headers.ts'
import { foldQuote } from './fold-quote.ts'
import { extIdOf } from './hash-mail.ts'
import { judgeSender } from './judge-sender.ts'
import type { OwnIds } from './own-id.ts'
import { readMail, valuesOf, type Mailbox, type ReadMail } from './read-mail.ts'
import { readReport } from './read-report.ts'
import { isFromOwn, readSender } from './read-sender.ts'
import { readVerdict } from './read-verdict.ts'
import { recogniseAutomatic } from './recognise-automatic.ts'
import type { EmailLine } from './settings.ts'

/**
 * What a stored mail means: a message, news of one of ours, or nothing (a mail of our own that came back). Pure: the same
 * bytes always give the same.
 */
export async function parseMail(
  line: Pick<EmailLine, 'workspaceId' | 'settings'>,
  event: Pick<StoredEvent, 'headers' | 'body'>,
  ids: OwnIds,
): Promise<Incoming[]> {
  const about = readEventHeaders(event.headers)
  if (about.unfetched !== null)
    return [{ type: 'unreadable', reason: about.unfetched, raw: event.body.toString('latin1').slice(0, 10_000) }]
  const mail = withEnvelope(await readMail(event.body), about)
  if (isOurs(mail, line, ids)) return []
  const reports = readReport(mail, line.workspaceId, ids)
  if (reports !== null) return reports
  return [readMessage(mail, line, about, ids, event.body)]
}

function readMessage(
  mail: ReadMail,
  { workspaceId, settings }: Pick<EmailLine, 'workspaceId' | 'settings'>,
  about: EventHeaders,
  ids: OwnIds,
  raw: Buffer,
): Incoming {
  const extId = extIdOf(mail)
  const nobody = createHash('sha256').update(extId).digest('hex').slice(0, 16)
  const verified = verifiedOf(mail, about)
  const sender = readSender(mail, { own: settings.address, mailFrom: about.mailFrom, verified, nobody })
  const { automatic, autoReply } = recogniseAutomatic(mail, { subject: mail.subject, from: sender.address })
  const { text, quoted } = foldQuote(mail.text, mail.subject)
  return {
    type: 'message',
    extId,
    sentAt: mail.sentAt,
    sender,
    body:
      about.size === null
        ? {
            type: 'email',
            subject: mail.subject,
            text,
            quoted,
            hasHtml: mail.html !== null,
            to: mail.to.map(showMailbox),
            cc: mail.cc.map(showMailbox),
            autoReply,
          }
        : { type: 'unsupported', hint: ['email-too-large', mail.subject ?? ''].join(' ').trim() },
    html: mail.html,
    files: mail.broken ? [wholeMail(raw)] : mail.attachments.map(toFile),
    replyToExtIds: mail.references.flatMap((id) => (ids.read(workspaceId, id) === null ? [] : [id.toLowerCase()])),
    references: mail.references,
    automatic,
  }
}

/** The address its server was told is believed over what the mail says of itself. */
function withEnvelope(mail: ReadMail, { mailFrom }: EventHeaders): ReadMail {
  if (mailFrom === null) return mail
  const fields = mail.fields.filter(({ name }) => name !== 'return-path')
  return { ...mail, fields: [{ name: 'return-path', line: `Return-Path: <${mailFrom}>` }, ...fields] }
}

/**
 * A mail of this workspace that came back: by a list, a copy, a forwarding mailbox. Any one of the three tells it, so that
 * a loop ends even where others rewrite the rest.
 */
function isOurs(
  mail: ReadMail,
  { workspaceId, settings }: Pick<EmailLine, 'workspaceId' | 'settings'>,
  ids: OwnIds,
): boolean {
  return (
    valuesOf(mail, 'x-ficha-loop').includes(ids.loopMark(workspaceId)) ||
    (mail.messageId !== null && ids.read(workspaceId, mail.messageId) !== null) ||
    isFromOwn(mail, settings.address)
  )
}

function verifiedOf(mail: ReadMail, about: EventHeaders): boolean | null {
  if (about.verdict !== null) return about.verdict === 'none' ? null : about.verdict === 'pass'
  if (about.imapHost === null) return null
  if (mail.fields.filter(({ name }) => name === 'from').length > 1) return false
  const results = readVerdict(mail, about.imapHost)
  const from = mail.from[0]?.address ?? ''
  return results === null ? null : judgeSender(results, from.slice(from.lastIndexOf('@') + 1))
}

const showMailbox = ({ name, address }: Mailbox) => {
  if (address === '') return name
  return name === '' || name === address ? address : `${name} <${address}>`
}

const kinds = ['image', 'video', 'audio'] as const

function toFile(part: Attachment, at: number): IncomingFile {
  const type = part.contentType.toLowerCase()
  const kind = kinds.find((name) => type.startsWith(`${name}/`)) ?? 'file'
  return {
    kind,
    name: part.filename?.slice(0, 255) || unnamed(type, at),
    type,
    contentId: part.cid?.slice(0, 255) || null,
    content: part.content,
  }
}

const unnamed = (type: string, at: number) => {
  if (type === 'message/rfc822') return `mail-${at + 1}.eml`
  if (type === 'text/calendar') return 'invite.ics'
  const [, ending] = /^[a-z]+\/([a-z0-9]{2,5})$/.exec(type) ?? []
  return ending === undefined ? `attachment-${at + 1}` : `attachment-${at + 1}.${ending}`
}

/** A mail whose structure nobody can follow is kept as a file, so that it can be opened elsewhere. */
const wholeMail = (raw: Buffer): IncomingFile => ({
  kind: 'file',
  name: 'mail.eml',
  type: 'message/rfc822',
  contentId: null,
  content: raw,
})

/** Has it been through so many servers that it must be going in circles? RFC 5321, 6.3. */
export const hasTooManyHops = (mail: Parameters<typeof fieldOf>[0]): boolean =>
  mail.fields.filter(({ name }) => name === 'received').length > 100

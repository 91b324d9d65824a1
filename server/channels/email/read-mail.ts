import { simpleParser, type AddressObject, type Attachment, type EmailAddress, type ParsedMail } from 'mailparser'
import { cutMail, fieldOf, joinMail, valueOf, type CutMail } from './bound-head.ts'
import { htmlToText } from './html-to-text.ts'

/** One mailbox of an address field; `address` is '' where only a name was given. */
export interface Mailbox {
  readonly name: string
  readonly address: string
}

/** A mail as far as it could be read. Nothing of it is trusted. */
export interface ReadMail extends CutMail {
  readonly messageId: string | null
  /** Message-IDs of In-Reply-To and References without angle brackets, the nearest first. */
  readonly references: readonly string[]
  readonly subject: string | null
  readonly sentAt: Date | null
  readonly from: readonly Mailbox[]
  readonly replyTo: readonly Mailbox[]
  readonly to: readonly Mailbox[]
  readonly cc: readonly Mailbox[]
  readonly text: string
  readonly html: string | null
  readonly attachments: readonly Attachment[]
  /** The structure could not be followed: header fields were read, body and attachments were not. */
  readonly broken: boolean
}

/** So many addresses of a field are shown; nobody reads further. */
const mostAddresses = 100
const mostReferences = 50
const longestHtmlToConvert = 300_000
const longestHtml = 1_000_000
const longestText = 500_000

/** Reads the bytes of a mail. Never throws for what is in them. Pure. */
export async function readMail(raw: Buffer): Promise<ReadMail> {
  const mail = cutMail(raw)
  const parsed = await parse(joinMail(mail))
  const head = parsed ?? (await parse(joinMail({ fields: mail.fields.filter(isPlainField), body: Buffer.alloc(0) })))
  const html = typeof parsed?.html === 'string' && parsed.html.trim() !== '' ? parsed.html.slice(0, longestHtml) : null
  const text = parsed?.text?.trim() ?? ''
  return {
    ...mail,
    messageId: idsOf(fieldOf(mail, 'message-id') ?? '')[0] ?? null,
    references: referencesOf(mail),
    subject: head?.subject?.trim().slice(0, 998) || null,
    sentAt: readDate(fieldOf(mail, 'date')),
    from: mailboxesOf(head?.from),
    replyTo: mailboxesOf(head?.replyTo),
    to: mailboxesOf(head?.to),
    cc: mailboxesOf(head?.cc),
    text: (text === '' && html !== null ? htmlToText(html) : text).slice(0, longestText),
    html,
    attachments: parsed?.attachments ?? [],
    broken: parsed === null,
  }
}

const isPlainField = ({ name }: { name: string }) => !name.startsWith('content-')

async function parse(raw: Buffer): Promise<ParsedMail | null> {
  try {
    return await simpleParser(raw, {
      keepCidLinks: true,
      skipTextToHtml: true,
      // an attached mail stays what it is: its text is not the sender's
      ignoreEmbedded: true,
      keepDeliveryStatus: true,
      checksumAlgo: false,
      maxHtmlLengthToParse: longestHtmlToConvert,
      maxChildNodes: 500,
    })
  } catch {
    return null
  }
}

function mailboxesOf(fields: AddressObject | AddressObject[] | undefined): Mailbox[] {
  const found: Mailbox[] = []
  const take = (entries: readonly EmailAddress[]) => {
    for (const { name, address, group } of entries) {
      if (found.length === mostAddresses) return
      if (group !== undefined) take(group)
      else if (name !== '' || (address ?? '') !== '')
        found.push({ name: name.trim().slice(0, 200), address: (address ?? '').trim().slice(0, 320) })
    }
  }
  for (const field of [fields ?? []].flat()) take(field.value)
  return found
}

function referencesOf(mail: CutMail): string[] {
  const answered = idsOf(fieldOf(mail, 'in-reply-to') ?? '')
  const chain = idsOf(fieldOf(mail, 'references') ?? '').reverse()
  return [...new Set([...answered, ...chain])].slice(0, mostReferences)
}

/** Message-IDs in a field; some programs forget the brackets around a lone one. */
function idsOf(value: string): string[] {
  const bracketed = [...value.matchAll(/<([^<>\s]{1,500})>/g)].map(([, id]) => id!)
  return bracketed.length > 0 ? bracketed : value.split(/\s+/).filter((word) => /^[^<>\s]{1,500}@[^<>\s]+$/.test(word))
}

/** The time a mail claims; null where it is none that a mail can have. */
function readDate(value: string | null): Date | null {
  // a comment names the zone a second time, and not every one of them is understood
  const date = new Date(
    (value ?? '')
      .slice(0, 200)
      .replace(/\([^()]*\)/g, ' ')
      .trim() || Number.NaN,
  )
  const year = date.getUTCFullYear()
  return year >= 1980 && year <= 2100 ? date : null
}

/** Every value of a field, from the top. */
export const valuesOf = ({ fields }: Pick<CutMail, 'fields'>, name: string): string[] =>
  fields.filter((field) => field.name === name).map(({ line }) => valueOf(line))

import type { IncomingSender } from '../adapter.ts'
import { emailKey } from '../../identity/email-key.ts'
import { readEmail } from '../../identity/read-email.ts'
import type { Mailbox, ReadMail } from './read-mail.ts'

/** What makes two spellings one mailbox. An address that nobody can read stands for itself. */
export const addressKeyOf = (address: string): string => emailKey(address).key ?? `e:${address.trim().toLowerCase()}`

/** Programs of a web site that send what visitors typed into a form in the site's own name. */
const formSender = /^(?:wordpress|www|www-data|web|website|apache|nobody|no-?reply|forms?|formularios?|contact-?form)$/i

/**
 * Whom a mail counts as from: the From line, whatever Sender and Reply-To say, because only From is what the sender's
 * domain vouches for; answers go there too. One exception: a form of one's own web site writes in the name of the site,
 * and Reply-To names the visitor; nobody vouches for them. Pure.
 * @param own the line's own address; @param mailFrom as the SMTP client gave it, where it is known
 * @param verified what is known of the From line
 */
export function readSender(
  mail: Pick<ReadMail, 'from' | 'replyTo'>,
  {
    own,
    mailFrom,
    verified,
    nobody,
  }: { own: string; mailFrom: string | null; verified: boolean | null; nobody: string },
): IncomingSender {
  const from = mail.from.find(isAddress)
  const visitor = from === undefined ? undefined : visitorOf(mail.replyTo, from.address, own)
  if (visitor !== undefined) return describe(visitor, verified === false ? false : null)
  if (from !== undefined) return describe(from, severalAuthors(mail.from) ? false : verified)
  if (mailFrom !== null && isAddress({ address: mailFrom }))
    return describe({ name: nameOf(mail.from), address: mailFrom }, null)
  return {
    address: '',
    addressKey: `nobody:${nobody}`,
    profileName: nameOf(mail.from) || null,
    email: null,
    verified: null,
  }
}

/** Did the line itself send it, as far as the From line says, and not for a visitor of its web site? */
export function isFromOwn(mail: Pick<ReadMail, 'from' | 'replyTo'>, own: string): boolean {
  const from = mail.from.find(isAddress)
  return (
    from !== undefined &&
    addressKeyOf(from.address) === addressKeyOf(own) &&
    visitorOf(mail.replyTo, from.address, own) === undefined
  )
}

function visitorOf(replyTo: readonly Mailbox[], from: string, own: string): Mailbox | undefined {
  const [visitor, second] = replyTo.filter(isAddress)
  if (visitor === undefined || second !== undefined) return undefined
  const [author, line] = [readEmail(from), readEmail(own)]
  if (typeof author === 'string' || typeof line === 'string' || author.domain !== line.domain) return undefined
  const byForm = addressKeyOf(from) === addressKeyOf(own) || formSender.test(author.local)
  const isOwn = [from, own].some((address) => addressKeyOf(address) === addressKeyOf(visitor.address))
  return byForm && !isOwn ? visitor : undefined
}

const isAddress = ({ address }: { address: string }) => typeof readEmail(address) !== 'string'

const severalAuthors = (from: readonly Mailbox[]) =>
  new Set(from.filter(isAddress).map(({ address }) => addressKeyOf(address))).size > 1

const nameOf = (from: readonly Mailbox[]) => from.find(({ name }) => name !== '')?.name ?? ''

function describe({ name, address }: Mailbox, verified: boolean | null): IncomingSender {
  const profileName = /^['"]?\S+@\S+['"]?$/.test(name) ? '' : name.replace(/^'(.+)'$/, '$1').trim()
  return { address, addressKey: addressKeyOf(address), profileName: profileName || null, email: address, verified }
}

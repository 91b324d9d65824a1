import { valueOf, type CutMail } from './bound-head.ts'
import { sameOrganisation, type AuthResults } from './judge-sender.ts'

/**
 * Providers that stamp every mail they receive and take foreign stamps in their name out, by the organisation of their
 * IMAP server: what they sign their stamps with. Microsoft signs with no name at all, directly below its own Received lines.
 */
const stampers: readonly { readonly imap: readonly string[]; readonly signs: readonly string[] }[] = [
  { imap: ['gmail.com', 'googlemail.com', 'google.com'], signs: ['google.com'] },
  { imap: ['office365.com', 'outlook.com', 'office.com'], signs: ['', 'outlook.com', 'microsoft.com'] },
  { imap: ['yahoo.com', 'aol.com'], signs: ['yahoo.com', 'aol.com', 'yahoodns.net'] },
  { imap: ['me.com', 'icloud.com'], signs: ['icloud.com', 'me.com', 'apple.com'] },
  { imap: ['fastmail.com', 'messagingengine.com'], signs: ['messagingengine.com', 'fastmail.com'] },
  { imap: ['zoho.com', 'zoho.eu'], signs: ['zoho.com', 'zoho.eu', 'zohomail.com', 'zohomail.eu'] },
  { imap: ['gmx.net', 'gmx.com', 'web.de'], signs: ['gmx.net', 'gmx.com', 'web.de'] },
]

/**
 * The verdict of the server that took a mail in, from its Authentication-Results line (RFC 8601). Anybody can write such a
 * line into a mail, so only one is looked at: the topmost, and only where it stands above every hop that a stranger could
 * have written, or where the mailbox is with a provider known to stamp every mail. Null: there is no verdict to trust. Pure.
 */
export function readVerdict(mail: Pick<CutMail, 'fields'>, imapHost: string): AuthResults | null {
  let strangers = false
  for (const { name, line } of mail.fields) {
    if (name === 'received') strangers ||= !isHandOver(valueOf(line), imapHost)
    if (name !== 'authentication-results') continue
    const value = withoutComments(valueOf(line))
    const [head = '', ...parts] = value.split(';')
    const hasServer = !/=/.test(head)
    const server = hasServer ? (head.trim().split(/\s+/)[0] ?? '').toLowerCase() : ''
    const trusted = (!strangers && isNear(server, imapHost)) || isStamper(server, imapHost)
    return trusted ? readResults(hasServer ? parts : [head, ...parts]) : null
  }
  return null
}

/** Written above all hops, it is the last server's own; its name only has to be one. */
const isNear = (server: string, imapHost: string) => server === '' || server.includes('.') || server === imapHost

const isStamper = (server: string, imapHost: string) => {
  const known = stampers.find(({ imap }) => imap.some((domain) => sameOrganisation(domain, imapHost)))
  return (
    known !== undefined &&
    known.signs.some((sign) => (sign === '' ? server === '' : server !== '' && sameOrganisation(sign, server)))
  )
}

/** The last step into the mailbox (LMTP, on one machine) or between servers of the mailbox's own organisation, by who received it. */
function isHandOver(received: string, imapHost: string): boolean {
  // from the last " by ": what stands before is the other side's word
  const by = received.slice(received.toLowerCase().lastIndexOf(' by ') + 4)
  return /^\S+ .{0,60}\bwith lmtps?a?\b/i.test(by) && sameOrganisation(by.split(/\s/)[0] ?? '', imapHost)
}

function readResults(parts: readonly string[]): AuthResults {
  let dmarc: string | null = null
  let spf: AuthResults['spf'] = null
  const dkim: AuthResults['dkim'][number][] = []
  for (const part of parts.slice(0, 30)) {
    const [, method = '', result = ''] = /^\s*(dmarc|spf|dkim)\s*(?:\/\s*\d+\s*)?=\s*([a-z]+)/i.exec(part) ?? []
    const property = (name: string) =>
      domainOf(new RegExp(String.raw`\b${name}\s*=\s*"?([^\s";]{1,320})`, 'i').exec(part)?.[1])
    switch (method.toLowerCase()) {
      case 'dmarc':
        dmarc ??= result.toLowerCase()
        break
      case 'spf':
        spf ??= {
          result: result.toLowerCase(),
          domain: property(String.raw`smtp\.mailfrom`) ?? property(String.raw`smtp\.helo`),
        }
        break
      case 'dkim':
        dkim.push({
          result: result.toLowerCase(),
          domain: property(String.raw`header\.d`) ?? property(String.raw`header\.i`),
        })
        break
      default:
        break
    }
  }
  return { dmarc, spf, dkim }
}

const domainOf = (value: string | undefined): string | null => {
  const domain = value?.slice(value.lastIndexOf('@') + 1).toLowerCase() ?? ''
  return domain === '' ? null : domain
}

/** Comments hold whatever the sender's server said of itself. Nested ones are taken out from the inside. */
function withoutComments(value: string): string {
  let depth = 0
  let out = ''
  for (const character of value) {
    if (character === '(') depth++
    else if (character === ')') depth = Math.max(0, depth - 1)
    else if (depth === 0) out += character
  }
  return out
}

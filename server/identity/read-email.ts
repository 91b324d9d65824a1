import { domainToASCII } from 'node:url'

export type EmailProblem =
  | 'not-an-address'
  | 'control-character'
  | 'several-addresses'
  | 'missing-at'
  | 'bad-name'
  | 'bad-domain'
  | 'incomplete-domain'
  | 'too-long'

/** Both halves lower case; the domain in ASCII (punycode). */
export type EmailParts = { local: string; domain: string }

const longestWorthReading = 1000
const invisible = /[\p{Cf}\u034F\u115F\u1160\u17B4\u17B5\u3164]/gu
const atom = "[\\w!#$%&'*+/=?^`{|}~-]|[^\\p{ASCII}\\p{C}\\p{Z}]"
const dotAtom = new RegExp(`^(?:${atom})+(?:\\.(?:${atom})+)*$`, 'u')
// Japanese carriers handed out addresses with dots where the standard has none.
const looseDotAtom = new RegExp(`^(?:${atom})(?:${atom}|\\.)*$`, 'u')
const looseDomains = /^(?:docomo|ezweb|softbank)\.ne\.jp$/
const quotedSafe = new RegExp(`^(?:${atom}|[ .])+$`, 'u')
const hostLabel = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/**
 * Reads exactly one address, as typed, as a `mailto:` link or as a header writes it (`Name <a@b>`).
 * Nothing is folded that could be another mailbox: accents and look-alike letters stay as they are.
 * @param raw anything that came in; only a string can be an address
 * @returns the two halves, or why it is refused. Takes time linear in the length of the text.
 */
export function readEmail(raw: unknown): EmailParts | EmailProblem {
  if (typeof raw !== 'string' || raw.trim() === '') return 'not-an-address'
  if (raw.length > longestWorthReading) return 'too-long'
  return read(raw)
}

/** As most are written; what is like a domain in other letters is looked at closer. */
const plain = /^([a-z\d_+-]+(?:\.[a-z\d_+-]+)*)@((?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z]{2,63})$/i

function read(raw: string): EmailParts | EmailProblem {
  const [, name = '', host = ''] = plain.exec(raw) ?? []
  if (name !== '' && name.length <= 64 && raw.length <= 253 && !host.includes('--'))
    return { local: name.toLowerCase(), domain: host.toLowerCase() }
  const text = withoutLink(raw.normalize('NFKC').replace(invisible, '').trim())
  if (text === null) return 'not-an-address'
  if (/\p{Cc}/u.test(text)) return 'control-character'

  const address = bareAddress(text)
  if (address === null) return 'several-addresses'
  const at = address.lastIndexOf('@')
  if (at < 0) return 'missing-at'
  const domain = asciiDomain(address.slice(at + 1).trim())
  if (typeof domain !== 'string') return domain.problem
  const local = localPart(address.slice(0, at), domain)
  if (local === null) return 'bad-name'
  if (Buffer.byteLength(local) > 64 || Buffer.byteLength(local) + domain.length > 253) return 'too-long'
  return { local, domain }
}

function withoutLink(text: string): string | null {
  if (!/^mailto:/i.test(text)) return text
  try {
    return decodeURIComponent(text.slice(7).replace(/\?.*$/s, '')).normalize('NFKC').trim()
  } catch {
    return null
  }
}

/** The address inside a header form; null when more than one recipient could be read from the text. */
function bareAddress(text: string): string | null {
  let address = text
  let name = ''
  const open = text.lastIndexOf('<')
  if (open >= 0 && text.endsWith('>')) {
    name = text.slice(0, open).trim()
    address = text.slice(open + 1, -1).trim()
  } else if (text.endsWith(')') && text.indexOf('(') > 0) {
    const comment = text.slice(text.indexOf('('))
    if (!/[()@,;]/.test(comment.slice(1, -1))) address = text.slice(0, text.indexOf('(')).trim()
  }
  const quotedName = /^"(?:[^"\\]|\\.)*"$/.test(name)
  if (!quotedName && /[,;:<>"]/.test(name)) return null
  const outsideQuotes = address.replace(/^"(?:[^"\\]|\\.)*"/, '')
  return /[,;<>]/.test(outsideQuotes) || /:.*;$/.test(text) ? null : address
}

function localPart(written: string, domain: string): string | null {
  const local = written.trim().toLowerCase().normalize('NFKC')
  if (local.startsWith('"')) {
    const inner = local.length > 2 && local.endsWith('"') ? local.slice(1, -1) : ''
    if (!quotedSafe.test(inner)) return null
    return dotAtom.test(inner) ? inner : local
  }
  return (looseDomains.test(domain) ? looseDotAtom : dotAtom).test(local) ? local : null
}

function asciiDomain(written: string): string | { problem: EmailProblem } {
  const typed = written.replace(/\.+$/, '')
  // What a URL parser would decode or cut off is not part of a host name.
  if (typed === '' || /[\s%/\\:?#@[\]()"]/.test(typed)) return { problem: 'bad-domain' }
  const domain = domainToASCII(typed)
  const labels = domain.split('.')
  if (!labels.every((label) => hostLabel.test(label)) || /^\d+$/.test(labels.at(-1)!)) return { problem: 'bad-domain' }
  return labels.length < 2 ? { problem: 'incomplete-domain' } : domain
}

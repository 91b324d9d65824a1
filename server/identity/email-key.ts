import { domainToUnicode } from 'node:url'
import { parse as parseHost } from 'tldts'
import { gmailDomains, isReservedDomain, isRoleInbox, isYahoo, isYandex, siblingDomains } from './email-domains.ts'
import { readEmail } from './read-email.ts'
import type { EmailParts, EmailProblem } from './read-email.ts'
import { remembering } from './remembering.ts'

export type EmailStrength = 'exact' | 'role' | 'unverified' | 'none'

export type EmailKey = {
  /** `e:` + mailbox: the same key is the same mailbox. null links nobody. */
  key: string | null
  /** `s:` + what is probably the same mailbox, where that differs from the address: counts only beside other evidence. */
  suggestionKey: string | null
  /** `role` never links alone; `unverified` is a domain ending that nobody has registered. */
  strength: EmailStrength
  /** The address to store and write to; null when the text is no address. */
  normalised: string | null
  /** Letters of several scripts in one word, as in a Cyrillic о among Latin letters: another mailbox, worth a warning. */
  lookAlike: boolean
}

const nothing: EmailKey = { key: null, suggestionKey: null, strength: 'none', normalised: null, lookAlike: false }

/** Identity of one e-mail address in any of the writings `readEmail` understands. Pure. */
export const emailKey = (raw: unknown): EmailKey => readAddress(raw).key

/** The two halves of an address, or why it is none, and its identity. */
export interface Address {
  readonly parts: EmailParts | EmailProblem
  readonly key: EmailKey
}

/** Reads one address as `readEmail` does, and tells its identity too. */
export const readAddress = (raw: unknown): Address =>
  typeof raw === 'string' && raw.length <= longestWorthRemembering ? readShort(raw) : read(raw)

const longestWorthRemembering = 320
const readShort = remembering(read)

function read(raw: unknown): Address {
  const parts = readEmail(raw)
  return { parts, key: typeof parts === 'string' ? nothing : describeEmail(parts) }
}

/**
 * The form under which an address meets its probable siblings: `suggestionKey` where there is one,
 * otherwise the address itself in the same notation, so that ana+x@acme.com meets ana@acme.com.
 */
export function suggestionForm({ key, suggestionKey }: EmailKey): string | null {
  return suggestionKey ?? (key === null ? null : `s:${key.slice(2)}`)
}

function describeEmail({ local, domain }: EmailParts): EmailKey {
  const isGmail = gmailDomains.has(domain)
  const home = isGmail ? 'gmail.com' : domain
  const normalised = `${local}@${home}`
  const { isReserved, isRegistered, mixes } = aboutDomain(domain)
  const lookAlike = mixes || mixesScripts(local)
  if (isReserved) return { ...nothing, normalised, lookAlike }

  const mailbox = isGmail ? gmailMailbox(local) : local
  const suggestion = isGmail ? normalised : probableMailbox(local, domain)
  return {
    key: `e:${mailbox}@${home}`,
    suggestionKey: suggestion === normalised ? null : `s:${suggestion}`,
    strength: isRoleInbox(withoutTag(local)) ? 'role' : isRegistered ? 'exact' : 'unverified',
    normalised,
    lookAlike,
  }
}

/** Most people's mailboxes are at a few. */
const aboutDomain = remembering((domain) => {
  const { isIcann, isPrivate, domain: registrable } = parseHost(domain)
  return {
    isReserved: isReservedDomain(domain),
    isRegistered: (isIcann === true || isPrivate === true) && registrable !== null,
    mixes: domainToUnicode(domain).split('.').some(mixesScripts),
  }
})

function gmailMailbox(local: string): string {
  return withoutTag(local).replaceAll('.', '') || local
}

function probableMailbox(local: string, domain: string): string {
  let mailbox = withoutTag(local)
  if (isYandex(domain)) mailbox = mailbox.replaceAll('.', '-')
  if (isYahoo(domain)) mailbox = mailbox.replace(/(?<=.)-[^-]*$/, '')
  return `${mailbox}@${siblingDomains.get(domain) ?? domain}`
}

function withoutTag(local: string): string {
  return local.startsWith('"') || !local.includes('+') ? local : local.replace(/(?<=.)\+.*$/, '')
}

const isAscii = /^\p{ASCII}*$/u

function mixesScripts(word: string): boolean {
  return (
    !isAscii.test(word) &&
    [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u, /\p{Script=Armenian}/u].filter((script) =>
      script.test(word),
    ).length > 1
  )
}

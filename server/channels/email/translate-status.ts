/**
 * Why a mail did not arrive, as a code the web has sentences for, from an enhanced status code (RFC 3463) or, where there
 * is none, from the words servers use. Pure.
 */
export function translateStatus(status: string, words: string): string {
  const [, klass, subject, detail] = /\b([245])\.(\d{1,3})\.(\d{1,3})\b/.exec(`${status} ${words}`) ?? []
  const exact = `${subject}.${detail}`
  if (/^1\.(?:1|6|10)$/.test(exact) || exact === '2.1') return 'mailbox-unknown'
  if (/^1\.(?:2|3)$/.test(exact) || exact === '4.4') return 'domain-unknown'
  if (exact === '2.2') return 'mailbox-full'
  if (exact === '2.3' || exact === '3.4') return 'too-large'
  if (subject === '7' && exact !== '7.0') return byWords(words, spam) ?? 'rejected'
  if (klass === '4') return 'undeliverable'
  return (
    byWords(words, unknown) ?? byWords(words, full) ?? byWords(words, large) ?? byWords(words, spam) ?? 'undeliverable'
  )
}

type Rule = readonly [RegExp, string]
const unknown: Rule = [
  /user (?:is )?unknown|unknown user|no such user|mailbox (?:unavailable|not found|does not exist)|address rejected|recipient (?:not found|unknown|rejected)|does not exist|account .{0,40}(?:disabled|inactive)|invalid recipient|not a valid (?:user|mailbox)|no se encontr[óo]|no existe/i,
  'mailbox-unknown',
]
const full: Rule = [
  /(?:mailbox|inbox|quota).{0,30}(?:full|exceeded)|over ?quota|buz[óo]n .{0,20}lleno/i,
  'mailbox-full',
]
const large: Rule = [/(?:message|size).{0,40}(?:too (?:large|big)|exceed)/i, 'too-large']
const spam: Rule = [
  /\bspam\b|blacklist|blocklist|block list|reputation|policy|dmarc|spf\b|unsolicited|content rejected/i,
  'rejected',
]

const byWords = (words: string, [pattern, code]: Rule): string | null =>
  pattern.test(words.slice(0, 8000)) ? code : null

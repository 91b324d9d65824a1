/** A phone as people and providers write it, reduced to what carries meaning. */
export type CleanPhone = {
  /** ASCII digits only, in the order written, without extension. */
  digits: string
  /** True when the writing itself says that a country code comes first: `+…`, `wa.me/…`, a WhatsApp JID. */
  international: boolean
  extension: string | null
  /** True when letters were read as keys of a keypad (`1-800-FLOWERS`). */
  vanity: boolean
}

const longestWorthReading = 250

const plain = /^\+[1-9]\d{0,19}$/
const invisible = /[\p{Cf}\u034F\u115F\u1160\u17B4\u17B5\u3164]/gu
// U+30FC and the minus sign are used as dashes by Japanese keyboards and by spreadsheets.
const dashes = /[\p{Pd}\u2212\u30FC]/gu
const scheme = /^(?:tel|sms|callto|whatsapp|phone|fax)\s*:\s*/i
const label =
  /^(?:tel(?:[eé]fono|ephone|efone)?|phone|ph|mobile|mob|m[oó]vil|cel(?:ular)?|whats?\s?app|wsp|wa|fono|fijo|fax)\s*[.:]*\s*(?=[+\d(])/iu
const whatsappLink =
  /^(?:https?:\/\/)?(?:www\.)?(?:wa\.me\/|(?:api|web)\.whatsapp\.com\/send\/?\?(?:.*&)?phone=)(?:\+|%2B)?(\d+)/i
const whatsappJid = /^\+?(\d{5,})(?:[.:]\d+)*@(?:c\.us|s\.whatsapp\.net)$/i
const extensionTail =
  /(?:;ext=|,,|[\s,;]*(?:e?xt(?:ensi[oó]n|ensão)?n?|anexo|ramal|poste|int(?:erno)?|доб|[x#~])[.:\s]*)(\d{1,9})\s*#?$/iu
const punctuation = /^[\s\d+()[\]./\\_'’·•,-]*$/u
// Nothing but digits and separators up to the letters, and the letters reach the end: a word on a keypad, not a remark.
const vanityShape = /^[+\d][\s\d().-]*(?:[a-z][\s.-]*){3,}[\s\d.-]*$/i
const keypad = ['abc', 'def', 'ghi', 'jkl', 'mno', 'pqrs', 'tuv', 'wxyz']

/**
 * Reads the writing of one phone number; decides nothing about its validity.
 * Handles compatibility forms (fullwidth), invisible marks, the decimal digits of every script, `tel:` with
 * `phone-context`, WhatsApp links and JIDs, extensions, doubled or contradictory international prefixes, keypad words.
 * @returns null for what is not a phone number at all: text, an e-mail address, a group id, nothing.
 */
export function cleanPhone(raw: string): CleanPhone | null {
  // as most are kept
  if (plain.test(raw)) return { digits: raw.slice(1), international: true, extension: null, vanity: false }
  if (raw.length > longestWorthReading) return null
  let text = asciiDigits(raw.normalize('NFKC')).replace(invisible, '').replace(dashes, '-').replace(/\s+/gu, ' ').trim()

  const whatsapp = whatsappLink.exec(text) ?? whatsappJid.exec(text.replace(scheme, ''))
  if (whatsapp) return { digits: whatsapp[1]!, international: true, extension: null, vanity: false }

  text = applyPhoneContext(text.replace(scheme, '').replace(label, ''))
  let extension: string | null = null
  const tail = extensionTail.exec(text)
  if (tail && countDigits(text.slice(0, tail.index)) >= 5) {
    extension = tail[1]!
    text = text.slice(0, tail.index)
  }

  const vanity = vanityShape.test(text)
  if (vanity) text = text.replace(/[a-z]/gi, pressKey)
  if (!punctuation.test(text)) return null

  const plus = /^[\s(]*\+/.test(text)
  if (/\d.*\+/.test(text)) return null
  let digits = text.replace(/\D/g, '')
  // No calling code begins with 0, so a dialling prefix after the plus is said twice.
  if (plus) digits = digits.replace(/^(?:00|011)/, '')
  if (digits === '') return null
  return { digits, international: plus, extension, vanity }
}

/**
 * Several numbers typed into one field, one by one: `55 1234 5678 / 55 8765 4321`.
 * Splits only where every part is long enough to be a number of its own, so `0151/23456789` stays whole.
 */
export function splitPhones(raw: string): string[] {
  if (plain.test(raw)) return [raw]
  const parts = raw
    .split(/[/|\n\r;&]|,(?!,)|\s(?:or|o|u|ou|oder|und|and|y|e)\s/iu)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const several = parts.length > 1 && parts.every((part) => countDigits(asciiDigits(part.normalize('NFKC'))) >= 7)
  return several ? parts : [raw]
}

/** RFC 3966: a local number carries its international beginning in `phone-context`; a domain there says nothing usable. */
function applyPhoneContext(text: string): string {
  const context = /;phone-context=(\+[\d-]+)/i.exec(text)?.[1] ?? ''
  const bare = text.replace(/;(?:phone-context|isub|tsp)=[^;]*/gi, '')
  return context !== '' && !bare.startsWith('+') ? `${context}-${bare}` : bare
}

function pressKey(letter: string): string {
  return String(keypad.findIndex((letters) => letters.includes(letter.toLowerCase())) + 2)
}

function countDigits(text: string): number {
  return text.replace(/\D/g, '').length
}

/** Decimal digits come in runs of ten consecutive code points, so the distance to the start of the run is the value. */
export function asciiDigits(text: string): string {
  return text.replace(/(?![0-9])\p{Nd}/gu, (digit) => {
    const point = digit.codePointAt(0)!
    let start = point
    while (/\p{Nd}/u.test(String.fromCodePoint(start - 1))) start--
    return String((point - start) % 10)
  })
}

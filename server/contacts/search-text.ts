import type { FieldValue } from '#contract/fields.ts'
import { phoneKey } from '../identity/phone-key.ts'
import type { Named } from './display-name.ts'
import { beginning } from './beginning.ts'
import { foldText } from './fold-text.ts'
import type { CustomFields } from './provenance.ts'

/** A contact as far as it is found by text; `fields`: see `contact.fields`. */
export interface Searched extends Named {
  readonly fields?: unknown
}

/** Longer text is a note: nobody looks for its end. */
const longest = 200

/** Of a custom value what a search finds: text that is no date and no time; null for everything else. */
export const searchable = (value: FieldValue | null): string | null =>
  typeof value === 'string' && !/^(\d{4}-\d\d-\d\d|\d\d:\d\d)$/.test(value) ? beginning(value, longest) : null

/**
 * Everything a contact is found by, as one line: each word after a space, punctuation between words gone, phones as bare
 * digits. Letters beyond ASCII are written in ASCII (see `spell`): the trigram index of a database in the C locale is
 * blind to them. `also`: what those say whom it has absorbed; `silent`: the fields by which nobody is to be found.
 */
export function searchText(contact: Searched, silent: ReadonlySet<string>, also: readonly Searched[] = []): string {
  const words: string[] = []
  noteWords(contact, silent, words)
  for (const other of also) noteWords(other, silent, words)
  let line = ''
  for (const word of distinct(words)) line += ` ${spell(word)}`
  return line
}

/** Each word once; of as many as most have, without a set. */
const distinct = (words: readonly string[]): Iterable<string> =>
  words.length > 20 ? new Set(words) : words.filter((word, at) => words.indexOf(word) === at)

function noteWords(
  { first_name, last_name, profile_name, email, phone, fields }: Searched,
  silent: ReadonlySet<string>,
  words: string[],
): void {
  if (first_name !== null) words.push(...searchWords(first_name))
  if (last_name !== null) words.push(...searchWords(last_name))
  if (profile_name !== null) words.push(...searchWords(profile_name))
  if (email !== null) words.push(foldText(email).replace(apostrophes, ''))
  if (phone !== null) words.push(...phoneDigits(phone))
  const custom = (fields ?? {}) as CustomFields
  for (const id of Object.keys(custom)) {
    const text = silent.has(id) ? null : searchable(custom[id]!)
    if (text !== null) words.push(...searchWords(text))
  }
}

const separators = /[\s\p{Pd}\u2212,;/|()[\]{}<>"«»“”„•·]+/u
const apostrophes = /['’‘ʼ`´]/g

/** Words as they are stored and asked for. */
export function searchWords(text: string): string[] {
  // as most names are
  if (/^[A-Za-z0-9]+$/.test(text)) return [text.toLowerCase()]
  return foldText(text)
    .replace(apostrophes, '')
    .split(separators)
    .filter((word) => word !== '')
}

/** Both spellings of a number whose identity is not the number itself (Argentina's 9), so that either finds it. */
export function phoneDigits(phone: string): string[] {
  const { key, e164 } = phoneKey(phone)
  // without a country a key is the last digits only, which far too many share
  const identity = key === null || key.startsWith('l:') ? null : key.slice(2)
  // most are written as they are kept, and known by that
  if (e164 === phone && (identity === null || identity === phone)) return [phone.replace(/\D/g, '')]
  return [...new Set([phone, e164, identity])]
    .filter((form) => typeof form === 'string')
    .map((form) => form.replace(/\D/g, ''))
}

/**
 * Every UTF-16 unit beyond ASCII as `X` and four letters A to P. Folded text has no capitals, so neither letters nor
 * digits somebody types can meet the inside of an encoded one, and X begins each: a substring stays a substring.
 */
export function spell(word: string): string {
  if (!/[^ -~]/.test(word)) return word
  return word.replace(/[^ -~]/g, (unit) => {
    const code = unit.charCodeAt(0)
    return `X${[12, 8, 4, 0].map((shift) => String.fromCharCode(65 + ((code >> shift) & 15))).join('')}`
  })
}

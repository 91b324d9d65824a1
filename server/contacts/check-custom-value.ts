// pure
import type { CustomField, FieldValue } from '#contract/fields.ts'
import { checkEmail } from '../identity/check-email.ts'

/** A value as it is kept, null where it empties the field; or why the field does not take it. */
export type CheckedValue =
  | { readonly value: FieldValue | null }
  | { readonly reason: string; readonly message: string; readonly fix?: string }

/**
 * Judges what somebody gives as the value of a custom field.
 * @param present what stands there now: of a list it may stay, though it is no longer among the options
 */
export function checkCustomValue(
  field: Pick<CustomField, 'type' | 'options'>,
  given: FieldValue | null,
  present: FieldValue | null,
): CheckedValue {
  if (given === null || (typeof given === 'string' && isBlank(given))) return { value: null }
  const typed = typeof given === 'string' ? oneLine(given) : null
  switch (field.type) {
    case 'text':
      return typed === null ? notText : { value: typed }
    case 'list':
      if (typed === null) return notText
      return field.options.includes(typed) || typed === present
        ? { value: typed }
        : { reason: 'not-an-option', message: 'Choose one of the options of this list.' }
    case 'checkbox':
      if (typeof given === 'boolean') return { value: given }
      return typed === 'true' || typed === 'false'
        ? { value: typed === 'true' }
        : { reason: 'checkbox', message: 'Send true or false.' }
    case 'email': {
      const email = checkEmail(typed)
      return email.ok ? { value: email.email } : { reason: email.reason, message: 'This is not one e-mail address.' }
    }
    case 'number':
      return checkNumber(given)
    case 'url':
      return checkUrl(typed)
    case 'date':
      return checkDate(typed)
    case 'time':
      return typed !== null && /^([01]\d|2[0-3]):[0-5]\d$/.test(typed)
        ? { value: typed }
        : { reason: 'time', message: 'Send a time as 14:30.' }
  }
}

const notText = { reason: 'text', message: 'Send text.' }

const isBlank = (text: string) => /^[\s\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*$/u.test(text)

/** No marks that turn or break the text around it, one form per letter. */
const oneLine = (text: string) =>
  /^[!-~]*$/.test(text)
    ? text
    : text
        .replace(/[\p{Cc}\s]+/gu, ' ')
        .replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
        .normalize('NFC')
        .trim()

/** Beyond this a number is no longer told apart from its neighbour. */
const largest = 1e15

function checkNumber(given: FieldValue): CheckedValue {
  const number =
    typeof given === 'number' ? given : /^-?\d{1,15}(\.\d{1,10})?$/.test(String(given)) ? Number(given) : NaN
  return Math.abs(number) <= largest
    ? { value: number === 0 ? 0 : number }
    : { reason: 'number', message: 'Send a number, with at most 15 digits before the point.' }
}

function checkUrl(typed: string | null): CheckedValue {
  const wrong = { reason: 'url', message: 'Send the address of a page: https://example.com.' }
  if (typed === null) return wrong
  if (typed.length > 255) return { reason: 'too-long', message: 'An address has at most 255 characters.' }
  if (isPage(typed)) return { value: typed }
  const completed = `https://${typed}`
  return !/^[a-z][a-z\d+.-]*:/i.test(typed) && isPage(completed)
    ? { reason: 'missing-scheme', message: 'The address lacks its beginning, https://.', fix: completed }
    : wrong
}

function isPage(text: string): boolean {
  if (/\s/.test(text) || !URL.canParse(text)) return false
  const { protocol, hostname, username, password } = new URL(text)
  return /^https?:$/.test(protocol) && /[^.]\.[^.]/.test(hostname) && username === '' && password === ''
}

function checkDate(typed: string | null): CheckedValue {
  const at = typed !== null && /^\d{4}-\d\d-\d\d$/.test(typed) ? new Date(`${typed}T00:00:00Z`) : null
  if (at === null || Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== typed)
    return { reason: 'date', message: 'Send a day as 2026-05-03.' }
  const year = at.getUTCFullYear()
  return year >= 1900 && year <= 2100
    ? { value: typed }
    : { reason: 'date-range', message: 'Send a day between 1900 and 2100.' }
}

import type { z } from 'zod'
import type { ContactValues } from '#contract/contacts.ts'
import type { FieldProblem } from '#contract/errors.ts'
import type { CustomField, CustomKey, FieldValue } from '#contract/fields.ts'
import { checkEmail } from '../identity/check-email.ts'
import { checkPhone, type PhoneProblem } from '../identity/check-phone.ts'
import { formatPhone } from '../identity/phone-key.ts'
import { remembering } from '../identity/remembering.ts'
import { checkCustomValue, type CheckedValue } from './check-custom-value.ts'
import type { FieldValues } from './plan-edit.ts'
import type { CustomFields } from './provenance.ts'

type Checked = { -readonly [Key in keyof FieldValues]: FieldValues[Key] }

/**
 * Judges what a person typed, field by field, and answers every problem at once. Blank empties a field.
 * @param country of the contact, else of the workspace: completes a phone typed without its country code, as an offer only
 * @param customs the custom fields that are named, as far as there are any; `present` what stands in them now
 */
export function checkValues(
  typed: z.infer<typeof ContactValues>,
  country: string | null,
  customs: readonly CustomField[],
  present: CustomFields = {},
): { values: FieldValues; problems: FieldProblem[] } {
  const values: Checked = {}
  const problems: FieldProblem[] = []
  const refuse = (field: string, reason: string, message: string, fix?: string | null) =>
    problems.push({ path: `values.${field}`, reason, message, ...(fix ? { fix } : {}) })

  for (const field of ['firstName', 'lastName'] as const) {
    const name = typed[field]
    if (name !== undefined) values[field] = cleanName(name ?? '') || null
  }
  if (typed.email !== undefined) {
    const email = isBlank(typed.email) ? null : checkEmail(typed.email)
    if (email?.ok === false) refuse('email', email.reason, 'This is not one e-mail address.')
    else values.email = email?.email ?? null
  }
  if (typed.phone !== undefined) {
    const phone = isBlank(typed.phone) ? null : checkPhone(typed.phone ?? '', typed.country || country)
    if (phone?.ok === false)
      refuse('phone', phone.reason, phoneMessages[phone.reason], phone.suggestion && formatPhone(phone.suggestion))
    else {
      values.phone = phone?.e164 ?? null
      values.phoneUnverified = phone?.strength === 'unverified'
    }
  }
  if (typed.country !== undefined) {
    if (typed.country && !isCountry(typed.country))
      refuse('country', 'unknown-country', 'No country has this ISO 3166 code.')
    else values.country = typed.country || null
  }
  if (typed.language !== undefined) {
    if (typed.language && !isLanguage(typed.language))
      refuse('language', 'unknown-language', 'No language has this ISO 639 code.')
    else values.language = typed.language || null
  }
  if (typed.custom === undefined) return { values, problems }
  const custom: Partial<Record<CustomKey, FieldValue | null>> = {}
  for (const [id, given] of Object.entries(typed.custom)) {
    const field = customs.find((one) => one.id === Number(id))
    const checked = field === undefined ? unknownField : checkCustomValue(field, given, present[id] ?? null)
    if ('reason' in checked) refuse(`custom.${id}`, checked.reason, checked.message, checked.fix)
    else custom[`#${Number(id)}`] = checked.value
  }
  return { values: { ...values, custom }, problems }
}

const unknownField: CheckedValue = { reason: 'unknown', message: 'There is no such field.' }

const isBlank = (value: string | null) =>
  value === null || /^[\s\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*$/u.test(value)

const phoneMessages: Record<PhoneProblem, string> = {
  'not-a-number': 'This is not a phone number.',
  'several-numbers': 'These are several numbers: write one.',
  'missing-country-code': 'The country code is missing, as in +52.',
  'unknown-country-code': 'No country has this code.',
  'too-short': 'Digits are missing.',
  'too-long': 'There are too many digits.',
  'wrong-length': 'Numbers of this country have another length.',
}

/** A name as it is kept: one line, no invisible marks that turn or break the text around it, one form per letter. */
export function cleanName(name: string): string {
  // as most are
  if (/^[A-Za-z]+(?: [A-Za-z]+)*$/.test(name)) return name
  const clean = name
    .toWellFormed()
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .normalize('NFC')
    .trim()
  return isBlank(clean) ? '' : clean
}

const countryNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
const languageNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'none', languageDisplay: 'standard' })

/** ISO 3166-1 alpha-2 of a country that exists; ZZ and the user-assigned codes are none. */
export const isCountry = (code: string): boolean => code.length === 2 && isNamedCountry(code)

const isNamedCountry = remembering(
  (code) =>
    /^[A-Z]{2}$/.test(code) && !/^(?:ZZ|QO|EU|EZ|UN|X[A-JL-Z])$/.test(code) && countryNames.of(code) !== undefined,
)

/** ISO 639-1 of a language that has a name, a region may follow. */
export const isLanguage = (tag: string): boolean => /^[a-z]{2}(?:-[A-Z]{2})?$/.test(tag) && isNamedLanguage(tag)

const isNamedLanguage = remembering((tag) => {
  const [language = '', region] = tag.split('-')
  return languageNames.of(language) !== undefined && (region === undefined || isCountry(region))
})

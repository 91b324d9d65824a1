import { validatePhoneNumberLength } from 'libphonenumber-js/max'
import { cleanPhone, splitPhones } from './clean-phone.ts'
import { describe, phoneKey } from './phone-key.ts'
import { isStored, readPhone } from './read-phone.ts'

export type PhoneProblem =
  | 'not-a-number'
  | 'several-numbers'
  | 'missing-country-code'
  | 'unknown-country-code'
  | 'too-short'
  | 'too-long'
  | 'wrong-length'

export type CheckedPhone =
  | {
      ok: true
      e164: string
      /** `unverified`: a possible length in a range nobody has announced; kept, and marked. */
      strength: 'exact' | 'repaired' | 'unverified'
      country: string | null
      extension: string | null
    }
  | {
      ok: false
      reason: PhoneProblem
      /** E.164 that would be accepted and is probably meant; offered, never applied unasked. */
      suggestion: string | null
    }

/**
 * Judges what a person typed into the phone field, which holds E.164 after repair (F28).
 * A country code must be there. An unknown range of possible length passes as `unverified`; an impossible number is refused.
 * @param country ISO 3166 code of the contact, else of the workspace: used only to suggest the missing country code
 */
export function checkPhone(raw: string, country?: string | null): CheckedPhone {
  // as most are written, and known by then
  if (isStored(raw)) {
    const { key, e164, strength, country: region, extension } = phoneKey(raw)
    if (key !== null && e164 !== null && (strength === 'exact' || strength === 'repaired'))
      return { ok: true, e164, strength, country: region, extension }
  }
  if (splitPhones(raw).length > 1) return refuse('several-numbers')
  const clean = cleanPhone(raw)
  if (!clean) return refuse('not-a-number')

  const reading = readPhone(raw, country)
  if (typeof reading !== 'string' && (clean.international || isDialledAbroad(clean.digits, reading.written.number))) {
    if (reading.strength === 'unverified' && !reading.number.isPossible())
      return refuse(lengthProblem(reading.number.number))
    const { e164, country: region, extension } = describe(reading)
    return { ok: true, e164: e164!, strength: reading.strength, country: region, extension }
  }
  if (clean.international) return refuse(clean.vanity ? 'not-a-number' : lengthProblem(`+${clean.digits}`))
  if (typeof reading !== 'string' && reading.strength !== 'unverified')
    return refuse('missing-country-code', reading.number.number)
  if (clean.digits.length < 5) return refuse('too-short')
  return refuse(clean.digits.length > 17 ? 'too-long' : 'missing-country-code')
}

/** `00`, `011` and the like before the whole number: a country code typed with the telephone in mind. */
function isDialledAbroad(digits: string, written: string): boolean {
  return /^(?:00|011)/.test(digits) && digits.endsWith(written.slice(1))
}

const problems = {
  INVALID_COUNTRY: 'unknown-country-code',
  NOT_A_NUMBER: 'not-a-number',
  TOO_SHORT: 'too-short',
  TOO_LONG: 'too-long',
  INVALID_LENGTH: 'wrong-length',
} as const

function lengthProblem(international: string): PhoneProblem {
  return problems[validatePhoneNumberLength(international) ?? 'INVALID_LENGTH']
}

function refuse(reason: PhoneProblem, suggestion: string | null = null): CheckedPhone {
  return { ok: false, reason, suggestion }
}

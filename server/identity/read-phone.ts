import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max'
import { cleanPhone } from './clean-phone.ts'
import type { CleanPhone } from './clean-phone.ts'
import { repairCandidates } from './repair-phone.ts'
import type { RepairRule } from './repair-phone.ts'

export type PhoneReading = {
  clean: CleanPhone
  /** The number understood: valid, or, for `unverified`, merely parsed. */
  number: PhoneNumber
  /** What can be dialled from abroad with the least change: before repair when written internationally, after it otherwise. */
  written: PhoneNumber
  strength: 'exact' | 'repaired' | 'unverified'
  rule: RepairRule | null
}

type Candidate = { number: PhoneNumber; written: PhoneNumber; rule: RepairRule }

/**
 * Understands one written phone number, with the country it would be dialled from when it names none.
 * Repairs only what is invalid as written, and only when exactly one valid number results.
 * @returns the reading; 'local' when only a country is missing; 'none' when it is not a phone number
 */
export function readPhone(raw: string, country?: string | null): PhoneReading | 'local' | 'none' {
  const clean = cleanPhone(raw)
  if (!clean) return 'none'
  const home = knownCountry(country)
  const written = clean.international ? parse(`+${clean.digits}`) : home ? parse(clean.digits, home) : undefined
  // A word is a phone number only if it dials one; otherwise it is a word.
  if (clean.vanity && !written?.isValid()) return 'none'
  if (written?.isValid()) return { clean, number: written, written, strength: 'exact', rule: null }

  const candidates = written ? repaired(written, clean) : []
  if (!clean.international) candidates.push(...bareInternational(clean.digits))
  const numbers = new Set(candidates.map(({ number }) => number.number))
  if (numbers.size === 1) return { clean, ...candidates[0]!, strength: 'repaired' }

  const length = clean.digits.length
  if (length < 7 || length > 17) return 'none'
  if (written && written.nationalNumber.length >= 6 && written.nationalNumber.length <= 14) {
    return { clean, number: written, written, strength: 'unverified', rule: null }
  }
  return clean.international || home ? 'none' : 'local'
}

/** Written as numbers are kept: whatever the country, they name their own. */
export const isStored = (raw: string): boolean => /^\+\d{5,17}$/.test(raw)

/** The country as the library knows it, or undefined for anything else. */
export function knownCountry(country: string | null | undefined): CountryCode | undefined {
  const code = country?.toUpperCase()
  return code !== undefined && isSupportedCountry(code) ? code : undefined
}

function parse(text: string, defaultCountry?: CountryCode): PhoneNumber | undefined {
  return parsePhoneNumberFromString(text, { defaultCountry, extract: false })
}

function repaired(written: PhoneNumber, clean: CleanPhone): Candidate[] {
  // Parsing may already have cut off a trunk prefix that the rule wants to see, so a national number is tried as typed too.
  const forms = new Set<string>([written.nationalNumber, ...(clean.international ? [] : [clean.digits])])
  const code = written.countryCallingCode
  return [...forms]
    .flatMap((form) => repairCandidates(code, form))
    .flatMap(({ rule, national }) => {
      const number = parse(`+${code}${national}`)
      return number?.isValid() ? [{ number, written: clean.international ? written : number, rule }] : []
    })
}

/** Eleven or more digits without a plus may begin with a country code: WhatsApp's ids arrive so, and `00` is a dialled plus. */
function bareInternational(digits: string): Candidate[] {
  const international = digits.replace(/^(?:00|011)/, '')
  if (international.length < 11 || international.startsWith('0')) return []
  const written = parse(`+${international}`)
  if (!written) return []
  if (written.isValid()) return [{ number: written, written, rule: 'bare-international' }]
  return repaired(written, { digits: international, international: true, extension: null, vanity: false })
}

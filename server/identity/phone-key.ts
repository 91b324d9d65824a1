import { splitPhones, cleanPhone } from './clean-phone.ts'
import { isFictionPhone, isPlaceholderPhone } from './placeholder-phone.ts'
import { isStored, readPhone } from './read-phone.ts'
import type { PhoneReading } from './read-phone.ts'
import { remembering } from './remembering.ts'
import type { RepairRule } from './repair-phone.ts'

export type PhoneStrength = 'exact' | 'repaired' | 'unverified' | 'local' | 'none'

export type PhoneKey = {
  /**
   * What two writings of one phone have in common; null links nobody. `p:` + E.164 (+ `x` + extension) may link alone;
   * `u:` only says that two unverifiable numbers are the same string; `l:` (the last eight digits, country unknown)
   * counts only beside other evidence.
   */
  key: string | null
  /** The number to store, with plus; keeps Argentina's 9, which the key drops. */
  e164: string | null
  strength: PhoneStrength
  rule: RepairRule | null
  /** ISO 3166 region, for display and derivation only: +44 7911 is Guernsey and England alike. */
  country: string | null
  extension: string | null
  /** The address as given, `+` and digits, never repaired: a provider may know its user only under that spelling. */
  sendAs: string | null
}

const nothing: PhoneKey = {
  key: null,
  e164: null,
  strength: 'none',
  rule: null,
  country: null,
  extension: null,
  sendAs: null,
}

/**
 * Identity of one phone number. Pure; the result depends on the numbering metadata, so stored keys carry a version.
 * When several numbers stand in one text, the first one counts; see `phoneKeys`.
 * @param country ISO 3166 code used when the number names no country; anything unknown is ignored
 */
export function phoneKey(raw: string, country?: string | null): PhoneKey {
  return isStored(raw) ? keyOfStored(raw) : keyOf(raw, country)
}

const keyOfStored = remembering((e164) => keyOf(e164, null))

function keyOf(raw: string, country?: string | null): PhoneKey {
  const text = splitPhones(raw)[0]!
  const reading = readPhone(text, country)
  if (reading === 'none') return nothing
  if (reading === 'local') return localKey(text)
  if (!isPlaceholder(reading)) return describe(reading)
  return isCompleteNumber(reading) ? { ...describe(reading), key: null, strength: 'none' } : nothing
}

/** Identity of every number in a text that may hold several, without repetition; placeholders and noise left out. */
export function phoneKeys(raw: string, country?: string | null): PhoneKey[] {
  const found = splitPhones(raw).map((text) => phoneKey(text, country))
  return found.filter(({ key }, at) => key !== null && found.findIndex((other) => other.key === key) === at)
}

/** The country a stored number belongs to (F29), null when the number does not tell: +800, +870, unverified ranges. */
export function countryOfPhone(e164: string): string | null {
  const known = phoneKey(e164)
  if (known.key !== null) return known.country
  const reading = readPhone(e164)
  return typeof reading === 'string' ? null : (reading.number.country ?? null)
}

/** International spacing of a stored E.164 number; the number itself when it cannot be read. */
export const formatPhone = remembering((e164) => {
  const reading = readPhone(e164)
  return typeof reading === 'string' ? e164 : reading.number.formatInternational()
})

/** A reading in the words of a key, whatever it is worth as evidence. */
export function describe({ clean, number, written, strength, rule }: PhoneReading): PhoneKey {
  const extension = clean.extension
  const suffix = extension === null ? '' : `x${extension}`
  return {
    key: `${strength === 'unverified' ? 'u' : 'p'}:${keyNumber(number)}${suffix}`,
    e164: number.number,
    strength,
    rule,
    country: number.country ?? null,
    extension,
    sendAs: written.number,
  }
}

// The same ten digits are never given to a landline and a mobile, and senders disagree about the 9: the one valid pair that shares a key.
function keyNumber({ countryCallingCode, nationalNumber, number }: PhoneReading['number']): string {
  return countryCallingCode === '54' && /^9\d{10}$/.test(nationalNumber) ? `+54${nationalNumber.slice(1)}` : number
}

function isPlaceholder({ clean, number, written }: PhoneReading): boolean {
  return (
    isPlaceholderPhone(clean.digits, null) ||
    (number === written ? [number] : [number, written]).some(({ nationalNumber, countryCallingCode }) =>
      isPlaceholderPhone(nationalNumber, countryCallingCode),
    )
  )
}

// Written out with its country code and valid, a placeholder is still a number that can be shown and called.
function isCompleteNumber({ clean, number, strength }: PhoneReading): boolean {
  return (
    clean.international && strength === 'exact' && !isFictionPhone(number.nationalNumber, number.countryCallingCode)
  )
}

function localKey(raw: string): PhoneKey {
  const clean = cleanPhone(raw)!
  if (isPlaceholderPhone(clean.digits, null)) return nothing
  return { ...nothing, key: `l:${clean.digits.slice(-8)}`, strength: 'local', extension: clean.extension }
}

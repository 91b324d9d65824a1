import { checkEmail } from './check-email.ts'
import { cleanPhone, splitPhones } from './clean-phone.ts'
import { emailKey } from './email-key.ts'
import type { FoldedName } from './fold-name.ts'
import { nearKeys } from './near-values.ts'
import { phoneKey, phoneKeys } from './phone-key.ts'
import type { PhoneKey } from './phone-key.ts'
import type { RepairRule } from './repair-phone.ts'

export type WrittenPhone = {
  field: string
  value: string
  /** The writing has no plus and yet begins with a country code, as WhatsApp's ids do. */
  isInternational?: boolean
}
export type WrittenEmail = { field: string; value: string }

/**
 * How far a key can be trusted, surest first. `exact` and `repaired` may link alone. `unverified`: nobody announced such a
 * number or domain. `other-reading`: the same digits, read as the other number they can be. `typo`: a provider's name with
 * one letter amiss. `sibling`: a mailbox that is probably the same. `role`: an inbox that belongs to a task.
 * `ending`: the last eight digits. `near`: one slip away.
 */
export const clueStrengths = [
  'exact',
  'repaired',
  'unverified',
  'other-reading',
  'typo',
  'role',
  'sibling',
  'ending',
  'near',
] as const
export type ClueStrength = (typeof clueStrengths)[number]

/** One reason for which a contact may be another one: two contacts with the same `key` are worth comparing. */
export type Clue = {
  key: string
  kind: 'phone' | 'email' | 'channel'
  strength: ClueStrength
  rule: RepairRule | null
  field: string
  /** As written. */
  value: string
  /** The identity key of the value itself, from which a weaker key was derived. */
  from: string
}

/** An identity on a channel; the provider says that it is one account. */
export function channelClue({ scope, address }: { scope: string; address: string }): Clue {
  const key = `c:${scope}:${address}`
  return { key, kind: 'channel', strength: 'exact', rule: null, field: scope, value: address, from: key }
}

/** Everything under which a phone may be met again: its key, the other number it can be, its ending, one slip away. */
export function phoneClues(phone: WrittenPhone, country: string | null, name: FoldedName): Clue[] {
  const { field, value } = phone
  return readings(phone, country).flatMap((reading): Clue[] => {
    const { key, strength, rule, extension } = reading
    if (key === null) return []
    const clue = (of: KeyOfClue): Clue => ({ kind: 'phone', rule, field, value, from: key, ...of })
    const isStrong = strength === 'exact' || strength === 'repaired'
    const near = isStrong && extension === null ? nearKeys(key, name) : []
    return [...keysOfReading(value, reading).map(clue), ...near.map((one) => clue({ key: one, strength: 'near' }))]
  })
}

/** Of a clue what it is met by. */
export type KeyOfClue = Pick<Clue, 'key' | 'strength'>

/** What a phone is met by, written with its country code; one slip away left out. */
export const phoneKeysMet = (value: string): KeyOfClue[] =>
  phoneKeys(value, null).flatMap((reading) => keysOfReading(value, reading))

function keysOfReading(value: string, { key, strength, extension, sendAs }: PhoneKey): KeyOfClue[] {
  if (key === null || strength === 'none') return []
  const own: KeyOfClue = { key, strength: strength === 'local' ? 'ending' : strength }
  return extension === null ? [own, ...otherReadings(value, key, sendAs), ...endings(key)] : [own]
}

function readings({ value, isInternational }: WrittenPhone, country: string | null): PhoneKey[] {
  if (isInternational === true && /^[1-9]\d{7,14}$/.test(value.trim())) {
    const reading = phoneKey(`+${value.trim()}`)
    if (reading.strength === 'exact' || reading.strength === 'repaired') return [reading]
  }
  return phoneKeys(value, country)
}

/**
 * The other number that the same writing can be, where both are valid, so that no repair may choose:
 * digits without a plus that are a national number and an international one, and a Brazilian mobile whose ninth digit
 * is left out where eight digits exist too.
 */
function otherReadings(value: string, key: string, sendAs: string | null): KeyOfClue[] {
  const clean = splitPhones(value).length === 1 ? cleanPhone(value) : null
  const isOpen = clean !== null && !clean.international && sendAs !== `+${clean.digits}`
  const bare = isOpen && /^[1-9]\d{10,14}$/.test(clean.digits) ? [clean.digits] : []
  const brazil = /^p:\+55(\d\d)([6-9]\d{7})$/.exec(key)
  if (brazil !== null) bare.push(`55${brazil[1]}9${brazil[2]}`)
  return bare.flatMap((digits) => {
    const other = phoneKey(`+${digits}`)
    const isValid = other.strength === 'exact' || other.strength === 'repaired'
    return isValid && other.key !== null && other.key !== key ? [{ key: other.key, strength: 'other-reading' }] : []
  })
}

/** What a number read in the wrong country still shares with the right one. */
function endings(key: string): KeyOfClue[] {
  const last = /^[pu]:\+\d*(\d{8})$/.exec(key)
  return last === null ? [] : [{ key: `l:${last[1]}`, strength: 'ending' }]
}

/** Everything under which an e-mail may be met again: its key, its probable sibling, the provider meant, one slip away. */
export function emailClues({ field, value }: WrittenEmail, name: FoldedName): Clue[] {
  const { key, strength } = emailKey(value)
  if (key === null) return []
  const clue = (of: KeyOfClue): Clue => ({ kind: 'email', rule: null, field, value, from: key, ...of })
  const near = strength === 'role' || strength === 'none' ? [] : nearKeys(key, name)
  return [...emailKeysMet(value).map(clue), ...near.map((one) => clue({ key: one, strength: 'near' }))]
}

/** What an e-mail is met by; one slip away left out. */
export function emailKeysMet(value: string): KeyOfClue[] {
  const { key, suggestionKey, strength, normalised } = emailKey(value)
  if (key === null || strength === 'none' || normalised === null) return []
  const keys: KeyOfClue[] = [{ key, strength }]
  if (strength === 'role') return keys
  const checked = checkEmail(normalised)
  const meant = checked.ok && checked.hint !== null ? emailKey(checked.hint).key : null
  if (suggestionKey !== null) keys.push({ key: `e:${suggestionKey.slice(2)}`, strength: 'sibling' })
  if (meant !== null) keys.push({ key: meant, strength: 'typo' })
  return keys
}

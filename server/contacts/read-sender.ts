import { checkEmail } from '../identity/check-email.ts'
import { phoneKey } from '../identity/phone-key.ts'
import { cleanName, isCountry, isLanguage } from './check-values.ts'
import type { FieldValues } from './plan-edit.ts'

/** What a channel says of a person, as it spells it. */
export interface SenderValues {
  readonly firstName?: string | null
  readonly lastName?: string | null
  readonly email?: string | null
  /** Any spelling. */
  readonly phone?: string | null
  readonly country?: string | null
  readonly language?: string | null
}

/**
 * A provider is never refused for its spelling: what can be read becomes a value, what cannot is left out. Nothing here
 * empties a field. `country` reads a phone written without its country code.
 */
export function readSender(sender: SenderValues, country: string | null): FieldValues {
  const values: { -readonly [Key in keyof FieldValues]: FieldValues[Key] } = {}
  for (const field of ['firstName', 'lastName'] as const) {
    const name = cleanName(sender[field] ?? '')
      .slice(0, 100)
      .trim()
    if (name !== '') values[field] = name
  }
  const email = checkEmail(sender.email ?? '')
  if (email.ok) values.email = email.email
  const phone = phoneKey(sender.phone ?? '', country)
  if (phone.e164 !== null) {
    values.phone = phone.e164
    values.phoneUnverified = phone.strength === 'unverified'
  }
  const [language = '', region] = (sender.language ?? '').replace('_', '-').split('-')
  const tag = region === undefined ? language.toLowerCase() : `${language.toLowerCase()}-${region.toUpperCase()}`
  if (isLanguage(tag)) values.language = tag
  const from = (sender.country ?? '').toUpperCase()
  if (isCountry(from)) values.country = from
  return values
}

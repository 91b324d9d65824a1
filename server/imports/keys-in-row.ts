// pure
import { sortName } from '../contacts/sort-name.ts'
import { checkPhone } from '../identity/check-phone.ts'
import { emailKey } from '../identity/email-key.ts'
import { phoneKey } from '../identity/phone-key.ts'
import type { ReadRow } from './read-row.ts'

/** More than a row of a file has of them. */
const mostKeys = 20

/**
 * What a row names somebody by, in whatever column and whether it was taken or not: identity keys of its phones and e-mails, and
 * where it has none of them `n:` with its whole name as contacts are sorted by it.
 */
export function keysInRow(
  { cells, values }: Pick<ReadRow, 'values'> & { readonly cells: readonly string[] },
  country: string | null,
): string[] {
  const words = cells.flatMap((cell) => (cell.includes('@') ? cell.split(/[\s,;|<>]+/) : [cell]))
  const keys = words.flatMap((word) => keyIn(word.trim(), country) ?? [])
  if (keys.length > 0) return [...new Set(keys)].slice(0, mostKeys)
  const { firstName, lastName } = values
  if (firstName == null || lastName == null) return []
  const named = { first_name: firstName, last_name: lastName, profile_name: null, phone: null, email: null }
  return [`n:${sortName(named)}`]
}

function keyIn(word: string, country: string | null): string | null {
  if (word.includes('@')) return emailKey(word).key
  if (word.length > 40 || word.replace(/\D/g, '').length < 6) return null
  const checked = checkPhone(word, country)
  const phone = checked.ok ? checked.e164 : checked.suggestion
  return phone === null ? null : phoneKey(phone).key
}

import type { ContactSummary } from '#contract/suggestion.ts'

/** Writes a phone as the contacts' records space it, whatever its spelling; any other value stays as it is. */
export function spellPhones(contacts: readonly ContactSummary[]): (value: string) => string {
  const digits = (text: string) => text.replaceAll(/\D/g, '')
  const spaced = new Map(contacts.flatMap(({ phone }) => (phone === null ? [] : [[digits(phone), phone]])))
  return (value) => (/^\+?[\d\s().-]{6,}$/.test(value) ? (spaced.get(digits(value)) ?? value) : value)
}

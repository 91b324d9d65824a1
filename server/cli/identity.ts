import { createInterface } from 'node:readline'
import { emailKey } from '../identity/email-key.ts'
import { nameRelation } from '../identity/name-relation.ts'
import { phoneKey } from '../identity/phone-key.ts'

/**
 * Answers each line of JSON on standard input with one: `{phone, country}` → `{key, e164, strength, country}`, `{email}` →
 * `{key, suggestionKey, strength}`, `{nameA, nameB}` → `{relation}`; a line that is none of these → `{error}`.
 */
export async function identity(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() !== '') console.log(JSON.stringify(answer(line)))
  }
}

function answer(line: string): object {
  let asked: Record<string, unknown>
  try {
    const parsed: unknown = JSON.parse(line)
    if (typeof parsed !== 'object' || parsed === null) return { error: 'The line is not a JSON object.' }
    asked = parsed as Record<string, unknown>
  } catch {
    return { error: 'The line is not JSON.' }
  }
  const { phone, email, nameA, nameB } = asked
  if (typeof phone === 'string') {
    const country = typeof asked['country'] === 'string' ? asked['country'] : null
    const found = phoneKey(phone, country)
    return { key: found.key, e164: found.e164, strength: found.strength, country: found.country }
  }
  if (typeof email === 'string') {
    const { key, suggestionKey, strength } = emailKey(email)
    return { key, suggestionKey, strength }
  }
  if (typeof nameA === 'string' && typeof nameB === 'string') return { relation: nameRelation(nameA, nameB) }
  return { error: 'Give phone (and country), email, or nameA and nameB.' }
}

import { describeContact } from '../identity/describe-contact.ts'
import type { KnownContact } from '../identity/describe-contact.ts'
import { knownCountry } from '../identity/read-phone.ts'
import { Refusal } from '../refusal.ts'
import { readCsv } from './read-csv.ts'

/**
 * The contacts of a CSV file with the columns id, name, phone, email and, if there are, country and channel.
 * @param country ISO 3166; how phones are read where a row names no country
 * @throws Refusal, see `readCsv`; also for an id that is missing or stands twice
 */
export async function readContacts(path: string, country: string | null): Promise<KnownContact<string>[]> {
  const contacts: KnownContact<string>[] = []
  const lines = new Map<string, number>()
  for await (const { line, record } of readCsv(path, ['id', 'name', 'phone', 'email'])) {
    const value = (column: string) => record[column]?.trim() ?? ''
    const id = value('id')
    if (id === '') throw new Refusal(`Line ${line} of ${path} has no id.`)
    const earlier = lines.get(id)
    if (earlier !== undefined) throw new Refusal(`Lines ${earlier} and ${line} of ${path} have the same id, ${id}.`)
    lines.set(id, line)
    const isInternational = /whatsapp/i.test(value('channel'))
    contacts.push(
      describeContact({
        id,
        name: value('name') || null,
        country: knownCountry(value('country')) ?? country,
        phones: value('phone') === '' ? [] : [{ field: 'phone', value: value('phone'), isInternational }],
        emails: splitEmails(value('email')).map((email) => ({ field: 'email', value: email })),
      }),
    )
  }
  return contacts
}

/** Several addresses typed into one field; a comma inside `"López, Ana" <ana@…>` parts none. */
function splitEmails(text: string): string[] {
  if (text === '') return []
  const parts = text.split(/[;,|\n]/).map((part) => part.trim())
  return parts.every((part) => part.includes('@')) ? parts : [text]
}

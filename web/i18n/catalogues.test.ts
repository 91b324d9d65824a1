import { readFileSync, readdirSync } from 'node:fs'
import { formatter } from '@lingui/format-po'
import { expect, test } from 'vitest'

const folder = `${import.meta.dirname}/es`
const files = readdirSync(folder).filter((file) => file.endsWith('.po'))

async function messagesOf(file: string) {
  const context = { locale: 'es', sourceLocale: 'en', filename: file }
  return Object.entries(await formatter().parse(readFileSync(`${folder}/${file}`, 'utf8'), context))
}

test('every sentence exists in Spanish', async () => {
  const missing: string[] = []
  for (const file of files) {
    for (const [id, entry] of await messagesOf(file)) {
      if (!entry.obsolete && !entry.translation) missing.push(`${file}: ${entry.message ?? id}`)
    }
  }
  expect(missing).toEqual([])
})

test('an English sentence says one thing in Spanish; where it needs two, a context tells them apart', async () => {
  const seen = new Map<string, string>()
  const torn: string[] = []
  for (const file of files) {
    for (const [id, { translation, message }] of await messagesOf(file)) {
      if (!translation) continue
      const other = seen.get(id)
      if (other !== undefined && other !== translation) torn.push(`${message ?? id}: ${other} / ${translation}`)
      seen.set(id, translation)
    }
  }
  expect(torn).toEqual([])
})

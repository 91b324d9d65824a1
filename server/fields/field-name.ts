import anyAscii from 'any-ascii'
import { refuse } from '../http/fail.ts'
import { cleanTagName, tagNameKey } from '../tags/tag-name.ts'

/** A name as it is kept and compared; refused where nothing of it can be seen. */
export function readFieldName(typed: string): { name: string; name_key: string } {
  const name_key = tagNameKey(typed)
  if (name_key === '') return refuse('name', 'blank', 'Give the field a name that can be seen.')
  return { name: cleanTagName(typed), name_key }
}

/** Names of what every record has: files and callers know them by these. */
const reserved = new Set([
  'id',
  'first_name',
  'last_name',
  'name',
  'phone',
  'email',
  'country',
  'language',
  'assignee',
  'status',
  'lifecycle',
  'tags',
  'opt_outs',
])

/** What callers may name a field by, from its name and unlike all that are taken. */
export function slugFor(name: string, taken: readonly string[]): string {
  const plain = anyAscii(name)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 46)
  const base = plain === '' ? 'field' : plain
  const isFree = (slug: string) => !taken.includes(slug) && !reserved.has(slug)
  if (isFree(base)) return base
  let count = 2
  while (!isFree(`${base}_${count}`)) count++
  return `${base}_${count}`
}

export const isReserved = (slug: string): boolean => reserved.has(slug)

/** What a list offers, each once, in its order. */
export function readOptions(options: readonly string[]): string[] {
  const clean = options.map(cleanTagName)
  for (const [at, option] of clean.entries())
    if (tagNameKey(option) === '') return refuse(`options.${at}`, 'blank', 'Give the option a name that can be seen.')
  return [...new Set(clean)]
}

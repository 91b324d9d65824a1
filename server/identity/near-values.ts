import { isOneEdit } from './compare-words.ts'
import type { FoldedName } from './fold-name.ts'

/**
 * Keys under which values that are one slip apart meet: a slip leaves the beginning or the end whole. They carry the first
 * letters of the name, because near values count only under one name, and so the groups stay small.
 * @param key identity key of a phone (`p:+…`) or an e-mail (`e:…@…`)
 */
export function nearKeys(key: string, name: FoldedName): string[] {
  if (name.kind !== 'person' || name.words.length < 2) return []
  const letters = [name.words[0]!.charAt(0), name.words.at(-1)!.charAt(0)].sort().join('')
  const { text, domain } = parts(key)
  if (text.length < 6) return []
  const half = domain === null ? 5 : Math.min(5, text.length >> 1)
  const head = domain === null ? text.slice(0, -half) : text.slice(0, half)
  return [`n:${letters}:${head}…@${domain ?? ''}`, `n:${letters}:…${text.slice(-half)}@${domain ?? ''}`]
}

/**
 * Is one value the other with one slip of the finger? In a phone one digit changed or two exchanged. In an e-mail one letter
 * missing, added, changed or exchanged; digits and separators are chosen to tell people apart, so they have to be the same.
 */
export function areNear(keyA: string, keyB: string): boolean {
  const [a, b] = [parts(keyA), parts(keyB)]
  if (keyA === keyB || keyA[0] !== keyB[0] || a.domain !== b.domain) return false
  if (a.domain === null) return a.text.length === b.text.length && isOneEdit(a.text, b.text)
  const signs = (text: string) => text.replace(/\p{L}/gu, '')
  return signs(a.text) === signs(b.text) && isOneEdit(a.text, b.text)
}

function parts(key: string): { text: string; domain: string | null } {
  if (!key.startsWith('e:')) return { text: key.replace(/\D/g, ''), domain: null }
  const at = key.lastIndexOf('@')
  return { text: key.slice(2, at), domain: key.slice(at + 1) }
}

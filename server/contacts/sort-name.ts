import { beginning } from './beginning.ts'
import { displayName, nameOf, type Named } from './display-name.ts'
import { foldText } from './fold-text.ts'

/** Fits a page cursor whatever the script, and tells names apart well beyond what a list shows. */
const longest = 60

/**
 * Where a contact stands in a list by name, compared byte by byte: accents folded, ñ after every other n, opening marks
 * and emoji passed over. Who has no name comes after Latin names, by phone or e-mail; never null. Being made here it
 * cannot go stale with a new version of the system's collations.
 */
export function sortName(contact: Named): string {
  const called = nameOf(contact)
  const nameless = called === null
  const folded = foldText((called ?? displayName(contact) ?? '').normalize('NFC').replace(/ñ/gi, 'n~'))
    .replace(/\s+/g, ' ')
    .trim()
  const key = folded.replace(/^[^\p{L}\p{N}]+/u, '') || folded
  return beginning(nameless ? `~${key}` : key, longest)
}

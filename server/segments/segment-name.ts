import { foldText } from '../contacts/fold-text.ts'
import { refuse } from '../http/fail.ts'

/** A name as it is kept and as it is compared: without regard to case; accents tell names apart. */
export function readSegmentName(typed: string): { name: string; name_key: string } {
  const name = typed
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .normalize('NFC')
    .trim()
  if (foldText(name).trim() === '') return refuse('name', 'blank', 'Give the segment a name that can be seen.')
  return { name, name_key: name.normalize('NFKC').toLowerCase() }
}

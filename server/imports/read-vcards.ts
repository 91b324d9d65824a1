import { disarm } from '../exports/csv-text.ts'
import type { UploadedRow } from './read-upload.ts'

const fixed = [
  'firstName',
  'lastName',
  'name',
  'phone',
  'email',
  'country',
  'language',
  'tags',
  'lifecycle',
  'assignee',
  'optOuts',
  'createdAt',
] as const
const longestCard = 2_000_000

/** The columns that vCards are read into. */
export const vcardHeads = (slugs: readonly string[]): string[] => [...fixed, ...slugs]

/**
 * The cards of a file (3.0 and 4.0) as rows, one by one, each cell as a CSV would write it. Pictures and what no contact holds are
 * passed over.
 */
export async function* readVcards(text: AsyncIterable<string>, heads: readonly string[]): AsyncGenerator<UploadedRow> {
  let card: Map<string, string> | null = null
  for await (const { content, line } of unfolded(text)) {
    const [name, value] = partsOf(content)
    if (name === 'BEGIN' && /^vcard$/i.test(value)) card = new Map()
    else if (name === 'END' && /^vcard$/i.test(value)) {
      const done: Map<string, string> | null = card
      if (done?.has('nameless') === true) done.delete('name')
      if (done !== null) yield { line, cells: heads.map((head) => disarm(done.get(head) ?? '')) }
      card = null
    } else if (card !== null) take(card, name, value)
  }
}

/** The first of several phones or e-mails is the one that counts, as in the file. */
function take(card: Map<string, string>, name: string, value: string): void {
  const put = (head: string, text: string) => {
    if (text !== '' && !card.has(head)) card.set(head, text)
  }
  switch (name) {
    case 'N': {
      const [last = '', first = '', middle = ''] = split(value, ';')
      put('lastName', last)
      return put('firstName', [first, middle].filter((part) => part !== '').join(' '))
    }
    case 'FN':
      return put('name', plain(value))
    case 'TEL':
      return put('phone', plain(value).replace(/^tel:/i, ''))
    case 'EMAIL':
      return put('email', plain(value).replace(/^mailto:/i, ''))
    case 'LANG':
      return put('language', plain(value))
    case 'ADR':
      return put('country', split(value, ';')[6] ?? '')
    case 'X-FICHA-COUNTRY':
      return void card.set('country', plain(value))
    case 'CATEGORIES':
      return put('tags', split(value, ',').join(' | '))
    case 'CREATED':
      return put('createdAt', plain(value).replace(/^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d))?/, asDate))
    case 'X-FICHA-OPT-OUTS':
      return put('optOuts', plain(value))
    default:
      if (name.startsWith('X-FICHA-')) put(name.slice(8).toLowerCase().replaceAll('-', '_'), plain(value))
  }
}

/** `20260503T143000Z` as tables write it. */
const asDate = (_all: string, year: string, month: string, day: string, hour?: string, minute = '', second = '') =>
  `${year}-${month}-${day}${hour === undefined ? '' : `T${hour}:${minute}:${second}`}`

const plain = (text: string) =>
  text.replace(/\\([\\,;nN])/g, (_all, sign: string) => (/n/i.test(sign) ? ' ' : sign)).trim()

/** Parts between signs that are not written as text. */
const split = (text: string, sign: string): string[] => text.split(new RegExp(`(?<!\\\\)${sign}`)).map(plain)

/** `item1.TEL;TYPE=cell:+34…` → `TEL` and its value. */
function partsOf(content: string): [name: string, value: string] {
  const match = /^(?:[\w-]+\.)?([\w-]+)((?:;[^:"]*(?:"[^"]*"[^:"]*)*)?):(.*)$/s.exec(content)
  return match === null ? ['', ''] : [match[1]!.toUpperCase(), match[3]!]
}

/** Lines put together again: what begins with a blank goes on with the one before. */
async function* unfolded(text: AsyncIterable<string>): AsyncGenerator<{ content: string; line: number }> {
  let [rest, content, line]: [string, string | null, number] = ['', null, 0]
  for await (const piece of text) {
    const lines = (rest + piece).split(/\r\n|\n|\r(?=.)/)
    rest = (lines.pop() ?? '').slice(0, longestCard)
    for (const one of lines) {
      line++
      if (/^[ \t]/.test(one) && content !== null) {
        if (content.length < longestCard) content += one.slice(1)
        continue
      }
      if (content !== null) yield { content, line: line - 1 }
      content = one
    }
  }
  if (content !== null) yield { content, line }
  if (rest !== '') yield { content: rest, line: line + 1 }
}

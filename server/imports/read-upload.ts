import { open } from 'node:fs/promises'
import { fail } from '../http/fail.ts'
import { joinTexts } from './join-texts.ts'
import { readVcards, vcardHeads } from './read-vcards.ts'
import { splitCsv, type JoinedRow } from './split-csv.ts'

export interface UploadedRow {
  /** Where it ends in the file. */
  readonly line: number
  readonly cells: readonly string[]
}

export interface Upload {
  readonly format: 'csv' | 'vcard'
  readonly encoding: string
  readonly separator: string
  readonly heads: readonly string[]
  /** Some at a time. */
  readonly rows: AsyncIterable<readonly JoinedRow[]>
}

export const mostRows = 200_000
const longestRow = 200_000
const mostColumns = 520
/** Rows handed on together, at most; a piece of a file may hold more that are short. */
const mostAtOnce = 2000

/** Refuses a file with the reason; `fix` says what would be right. */
export const refuseFile = (reason: string, message: string, fix?: string): never =>
  fail('BAD_REQUEST', { fields: [{ path: 'file', reason, message, ...(fix === undefined ? {} : { fix }) }] })

/** Refuses what no text holds, and no text in the database may hold. */
export function refuseNul(text: string | Buffer): void {
  if (text.includes('\0')) refuseFile('not-text', 'The file holds bytes that are no text.', 'Save it as CSV in UTF-8.')
}

/**
 * Looks a file over and makes it rows, read one after the other: the whole never lies in memory. CSV by comma, semicolon or tab in
 * UTF-8, UTF-16 or Windows-1252; vCard 3 and 4. Fails BAD_REQUEST with what is wrong with it, also while the rows are read.
 * @param slugs names of the workspace's own fields, for vCards that came from here
 */
export async function readUpload(path: string, slugs: readonly string[]): Promise<Upload> {
  const { encoding, start } = await sniff(path)
  if (/^\s*BEGIN:VCARD/i.test(start)) {
    const heads = vcardHeads(slugs)
    return {
      format: 'vcard',
      encoding,
      separator: '',
      heads,
      rows: inBatches(readVcards(decoded(path, encoding), heads)),
    }
  }
  const separator = separatorOf(start)
  const first = await firstOf(readCsv(decoded(path, encoding), separator))
  if (first === null) return refuseFile('empty', 'The file is empty.')
  refuseNul(first.text)
  const heads = first.text.split(first.mark).map((cell, at) => cell.trim() || `#${at + 1}`)
  if (heads.length > mostColumns) return refuseFile('too-many-columns', `At most ${mostColumns} columns.`)
  const twice = heads.find((head, at) => heads.indexOf(head) !== at)
  if (twice !== undefined)
    return refuseFile(
      'duplicate-heads',
      `Two columns are called “${twice.slice(0, 80)}”.`,
      'Give each column its own name.',
    )
  return { format: 'csv', encoding, separator, heads, rows: afterFirst(readCsv(decoded(path, encoding), separator)) }
}

/** One pass over the whole: which encoding holds for all of it, and whether it is text at all. */
async function sniff(path: string): Promise<{ encoding: string; start: string }> {
  let [encoding, size]: [string | null, number] = [null, 0]
  let head: Buffer = Buffer.alloc(0)
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  let isUtf8 = true
  for await (const chunk of piecesOf(path)) {
    if (size === 0) {
      head = Buffer.from(chunk)
      encoding =
        head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : null
      refuseBinary(head)
    }
    size += chunk.length
    if (encoding !== null) continue
    refuseNul(chunk)
    if (isUtf8)
      try {
        utf8.decode(chunk, { stream: true })
      } catch {
        isUtf8 = false
      }
  }
  if (encoding === null && isUtf8)
    try {
      utf8.decode()
    } catch {
      isUtf8 = false
    }
  const found = encoding ?? (isUtf8 ? 'utf-8' : 'windows-1252')
  const start = new TextDecoder(found).decode(head, { stream: true })
  if (start.trim() === '') return refuseFile('empty', 'The file is empty.')
  return { encoding: found, start }
}

function refuseBinary(head: Buffer): void {
  const magic = head.subarray(0, 4).toString('latin1')
  if (magic.startsWith('PK'))
    refuseFile('archive', 'This is an Excel workbook or an archive, whatever its name.', 'Save it as CSV.')
  const others = ['%PDF', '\x1f\x8b', '\xd0\xcf\x11\xe0', '\x89PNG', '\xff\xd8\xff', 'Rar!', '7z']
  if (others.some((one) => magic.startsWith(one)))
    refuseFile('not-text', 'This is no CSV and no vCard, whatever its name.', 'Save it as CSV in UTF-8.')
}

/** All in the same memory, each to be used before the next one is asked for: a large file leaves nothing to be cleared away. */
async function* piecesOf(path: string): AsyncGenerator<Buffer> {
  await using file = await open(path)
  const buffer = Buffer.allocUnsafeSlow(65_536)
  for (;;) {
    const { bytesRead } = await file.read(buffer)
    if (bytesRead === 0) return
    yield buffer.subarray(0, bytesRead)
  }
}

async function* decoded(path: string, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const chunk of piecesOf(path)) yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}

/** What stands most often between the heads. */
function separatorOf(start: string): string {
  const line = start
    .replace(/"(?:[^"]|"")*"/g, '')
    .trimStart()
    .split(/[\r\n]/, 1)[0]!
  const count = (sign: string) => line.split(sign).length
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
}

async function* readCsv(text: AsyncIterable<string>, separator: string): AsyncGenerator<readonly JoinedRow[]> {
  const split = splitCsv(separator, longestRow)
  for await (const piece of text) yield* rowsOf(split(piece, false))
  yield* rowsOf(split('', true))
}

function* rowsOf({ rows, fault }: ReturnType<ReturnType<typeof splitCsv>>): Generator<readonly JoinedRow[]> {
  for (let at = 0; at < rows.length; at += mostAtOnce) yield rows.slice(at, at + mostAtOnce)
  if (fault?.reason === 'long-line')
    refuseFile('long-line', `Line ${fault.line} is too long.`, 'Look for a quote that is not closed before it.')
  if (fault?.reason === 'quotes')
    refuseFile(
      'quotes',
      `A quote around line ${fault.line} is not closed or stands inside a value.`,
      'Write quotes twice.',
    )
}

async function firstOf(batches: AsyncIterable<readonly JoinedRow[]>): Promise<JoinedRow | null> {
  for await (const [first] of batches) return first ?? null
  return null
}

async function* afterFirst(batches: AsyncIterable<readonly JoinedRow[]>): AsyncGenerator<readonly JoinedRow[]> {
  let isFirst = true
  for await (const rows of batches) {
    yield isFirst ? rows.slice(1) : rows
    isFirst = false
  }
}

async function* inBatches(cards: AsyncIterable<UploadedRow>): AsyncGenerator<readonly JoinedRow[]> {
  let rows: JoinedRow[] = []
  for await (const { line, cells } of cards) {
    rows.push({ line, ...joinTexts(cells, ',') })
    if (rows.length < mostAtOnce) continue
    yield rows
    rows = []
  }
  yield rows
}

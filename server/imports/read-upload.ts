import { createReadStream } from 'node:fs'
import { pipeline, Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { fail } from '../http/fail.ts'
import { readVcards, vcardHeads } from './read-vcards.ts'

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
  readonly rows: AsyncIterable<UploadedRow>
}

export const mostRows = 200_000
const longestRow = 200_000
const mostColumns = 520

/** Refuses a file with the reason; `fix` says what would be right. */
export const refuseFile = (reason: string, message: string, fix?: string): never =>
  fail('BAD_REQUEST', { fields: [{ path: 'file', reason, message, ...(fix === undefined ? {} : { fix }) }] })

/**
 * Looks a file over and makes it rows, read one after the other: the whole never lies in memory. CSV by comma, semicolon or tab in
 * UTF-8, UTF-16 or Windows-1252; vCard 3 and 4. Fails BAD_REQUEST with what is wrong with it, also while the rows are read.
 * @param slugs names of the workspace's own fields, for vCards that came from here
 */
export async function readUpload(path: string, slugs: readonly string[]): Promise<Upload> {
  const { encoding, start } = await sniff(path)
  if (/^\s*BEGIN:VCARD/i.test(start)) {
    const heads = vcardHeads(slugs)
    return { format: 'vcard', encoding, separator: '', heads, rows: readVcards(decoded(path, encoding), heads) }
  }
  const separator = separatorOf(start)
  const records = readCsv(decoded(path, encoding), separator)
  const first = await records.next()
  if (first.done === true) return refuseFile('empty', 'The file is empty.')
  const heads = first.value.cells.map((cell, at) => cell.trim() || `#${at + 1}`)
  if (heads.length > mostColumns) return refuseFile('too-many-columns', `At most ${mostColumns} columns.`)
  const twice = heads.find((head, at) => heads.indexOf(head) !== at)
  if (twice !== undefined)
    return refuseFile(
      'duplicate-heads',
      `Two columns are called “${twice.slice(0, 80)}”.`,
      'Give each column its own name.',
    )
  return { format: 'csv', encoding, separator, heads, rows: records }
}

/** One pass over the whole: which encoding holds for all of it, and whether it is text at all. */
async function sniff(path: string): Promise<{ encoding: string; start: string }> {
  let [encoding, size]: [string | null, number] = [null, 0]
  let head: Buffer = Buffer.alloc(0)
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  let isUtf8 = true
  for await (const piece of createReadStream(path)) {
    const chunk = piece as Buffer
    if (size === 0) {
      head = chunk.subarray(0, 65_536)
      encoding =
        head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : null
      refuseBinary(head)
    }
    size += chunk.length
    if (encoding !== null) continue
    if (chunk.includes(0))
      return refuseFile('not-text', 'The file holds bytes that are no text.', 'Save it as CSV in UTF-8.')
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

async function* decoded(path: string, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const chunk of createReadStream(path)) yield decoder.decode(chunk as Buffer, { stream: true })
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

async function* readCsv(text: AsyncIterable<string>, separator: string): AsyncGenerator<UploadedRow> {
  const parser = parse({
    delimiter: separator,
    // files that several programs have had in hand end their lines in several ways
    record_delimiter: ['\r\n', '\n', '\r'],
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    max_record_size: longestRow,
  })
  pipeline(Readable.from(text), parser, () => {})
  try {
    for await (const row of parser) {
      const { record, info } = row as { record: string[]; info: { lines: number } }
      yield { line: info.lines, cells: record }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = String(error['lines'])
    if (error.code === 'CSV_MAX_RECORD_SIZE')
      return refuseFile('long-line', `Line ${line} is too long.`, 'Look for a quote that is not closed before it.')
    return refuseFile(
      'quotes',
      `A quote around line ${line} is not closed or stands inside a value.`,
      'Write quotes twice.',
    )
  }
}

import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { Refusal } from '../refusal.ts'

/** A row by the names of its columns, in lower case; `line` is where it ends in the file, counted from 1. */
export type CsvRow = { line: number; record: Record<string, string> }

const longestRow = 1_000_000

/**
 * The rows of a CSV file, one by one, whatever its size. Comma, semicolon or tab; quotes; any line ending; UTF-8, UTF-16 with
 * a byte order mark, or what Excel writes on Western Windows. Empty rows are left out.
 * @param needed columns without which the file is of no use; their order and further columns do not matter
 * @throws Refusal in a sentence, with the line, for a file that is missing, has no such columns or is no CSV
 */
export async function* readCsv(path: string, needed: readonly string[]): AsyncGenerator<CsvRow> {
  const { encoding, delimiter } = await sniff(path)
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    columns: (header: string[]) => checkHeader(header, needed, path),
    info: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    max_record_size: longestRow,
  })
  // An error of any part reaches whoever reads the rows.
  pipeline(Readable.from(decode(path, encoding)), parser, () => {})
  try {
    for await (const row of parser) {
      const { record, info } = row as { record: Record<string, string>; info: { lines: number } }
      yield { line: info.lines, record }
    }
  } catch (error) {
    throw error instanceof CsvError ? new Refusal(sentenceOf(error, path)) : error
  }
}

async function* decode(path: string, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const chunk of createReadStream(path)) yield decoder.decode(chunk as Buffer, { stream: true })
  yield decoder.decode()
}

/** Looks at the beginning of a file: how its letters are stored, and what stands between the columns of its header. */
async function sniff(path: string): Promise<{ encoding: string; delimiter: string }> {
  const start = await readStart(path)
  const encoding = encodingOf(start)
  const text = new TextDecoder(encoding).decode(start, { stream: true })
  if (text.trim() === '') throw new Refusal(`${path} is empty.`)
  const header = text
    .trimStart()
    .split(/[\r\n]/, 1)[0]!
    .replace(/"[^"]*"/g, '')
  const count = (sign: string) => header.split(sign).length
  const delimiter = [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
  return { encoding, delimiter }
}

async function readStart(path: string): Promise<Buffer> {
  try {
    await using file = await open(path)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(65_536), 0, 65_536, 0)
    return buffer.subarray(0, bytesRead)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT') throw new Refusal(`There is no file ${path}.`)
    if (code === 'EISDIR') throw new Refusal(`${path} is a folder. Give a CSV file.`)
    if (code === 'EACCES') throw new Refusal(`${path} may not be read by this user.`)
    throw error
  }
}

function encodingOf(start: Buffer): string {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be'
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true })
    return 'utf-8'
  } catch {
    return 'windows-1252'
  }
}

function checkHeader(header: string[], needed: readonly string[], path: string): string[] {
  const names = header.map((name) => name.trim().toLowerCase())
  const missing = needed.filter((name) => !names.includes(name))
  if (missing.length > 0) {
    const has = header.map((name) => name.trim()).join(', ')
    const [word, them] = missing.length === 1 ? ['column', 'it'] : ['columns', 'them']
    throw new Refusal(
      `${path} has no ${word} ${missing.join(', ')}. Its first line has to name ${them}; it says: ${has.slice(0, 200)}`,
    )
  }
  const twice = needed.find((name) => names.indexOf(name) !== names.lastIndexOf(name))
  if (twice !== undefined) throw new Refusal(`${path} has two columns ${twice}.`)
  return names
}

function sentenceOf(error: CsvError, path: string): string {
  const line = String(error['lines'])
  if (error.code === 'CSV_QUOTE_NOT_CLOSED')
    return `${path} ends inside a quoted value, begun on line ${line} or before: a closing quote is missing.`
  if (error.code === 'CSV_RECORD_INCONSISTENT_COLUMNS') {
    const [record, columns] = [error['record'] as unknown[], error['columns'] as unknown[]]
    return `Line ${line} of ${path} has ${record.length} values, its header ${columns.length}.`
  }
  if (error.code === 'CSV_MAX_RECORD_SIZE')
    return `Line ${line} of ${path} is longer than a million characters. Is a closing quote missing before it?`
  if (/QUOTE/.test(error.code))
    return `Line ${line} of ${path} has a quote inside a value. Such a value stands in quotes, with each quote in it written twice.`
  return `${path} cannot be read as CSV: ${error.message}`
}

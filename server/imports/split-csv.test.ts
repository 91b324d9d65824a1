import { parse, CsvError } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { joinTexts } from './join-texts.ts'
import { splitCsv } from './split-csv.ts'

interface Told {
  /** `[line, ...cells]` each. */
  readonly rows: readonly (readonly [number, ...string[]])[]
  readonly fault: string | null
}

function ours(pieces: readonly string[], separator: string, longest = 200_000): Told {
  const split = splitCsv(separator, longest)
  const rows: [number, ...string[]][] = []
  for (const [at, piece] of pieces.entries()) {
    const told = split(piece, at === pieces.length - 1)
    rows.push(...told.rows.map(({ line, text, mark }) => [line, ...text.split(mark)] as [number, ...string[]]))
    if (told.fault !== null) return { rows, fault: `${told.fault.reason} ${told.fault.line}` }
  }
  return { rows, fault: null }
}

const linesIn = (text: string) => text.split(/\r\n|\r|\n/).length

/** What csv-parse makes of it, which counts a CRLF in quotes as two lines: those are counted from where a row ends. */
function theirs(text: string, separator: string): Told {
  const rows: [number, ...string[]][] = []
  try {
    parse(text, {
      delimiter: separator,
      record_delimiter: ['\r\n', '\n', '\r'],
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      on_record: (record: string[], { bytes_records: end }) => {
        const before = Buffer.from(text).subarray(0, end).toString()
        rows.push([linesIn(before.replace(/(?:\r\n|\r|\n)$/, '')), ...record])
        return null
      },
    })
    return { rows, fault: null }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return { rows, fault: `quotes ${String(error['lines'])}` }
  }
}

/** Where theirs may be counted twice. */
const withoutLine = ({ rows, fault }: Told) => ({ rows, fault: fault?.replace(/\d+/, '') })

const separators = fc.constantFrom(',', ';', '\t')
const sign = fc.constantFrom(
  '"',
  '""',
  ',',
  ';',
  '\t',
  '\r',
  '\n',
  '\r\n',
  'a',
  ' ',
  'ñ',
  '😀',
  '\u2028',
  '\ufeff',
  '<0>',
)
/** Quotes at random are wrong soon; these are right until then. */
const cell = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('', 'a', 'ñ😀', ' ', '<0>', 'a b') },
  {
    weight: 3,
    arbitrary: fc.array(sign, { maxLength: 5 }).map((signs) => `"${signs.join('').replaceAll('"', '""')}"`),
  },
  { weight: 1, arbitrary: sign },
)
const file = fc.oneof(
  fc.array(sign, { maxLength: 25 }).map((signs) => signs.join('')),
  fc
    .array(fc.tuple(cell, fc.constantFrom(',', ',', ',', ';', '\t', '\n', '\r', '\r\n')), { maxLength: 12 })
    .map((cells) => cells.flat().join('')),
)

test('any text is read as csv-parse reads it, wherever it is cut', () => {
  fc.assert(
    fc.property(file, separators, (text, separator) => {
      const told = ours([text], separator)
      const known = theirs(text, separator)
      const look = text.includes('\r\n') ? withoutLine : (all: Told) => all
      expect(look(told)).toEqual(look(known))
      for (let at = 0; at <= text.length; at++)
        expect(ours([text.slice(0, at), text.slice(at)], separator)).toEqual(told)
      expect(ours([...text.split(''), ''], separator)).toEqual(told)
    }),
    { numRuns: 3000 },
  )
})

test('a row that is too long is refused before it has ended, with the line that is reached; as long as may be is read', () => {
  const row = (length: number) => `"${'\r\n'.repeat(3)}${'x'.repeat(length - 8)}"`
  const told = (...pieces: readonly string[]) => {
    const { rows, fault } = ours(pieces, ',', 20)
    return [...rows.map(([line]) => line), fault]
  }
  expect(told(`a\r\n${row(20)}\r`, `\n${row(20)}`)).toEqual([1, 5, 9, null])
  expect(told(`a\n${row(21)}\n`, 'b')).toEqual([1, 'long-line 5'])
  expect(told('a\n', ...'"\n\n'.padEnd(21, 'x'), 'never read')).toEqual([1, 'long-line 4'])
  expect(told('x'.repeat(20), 'x', '\n')).toEqual(['long-line 1'])
  expect(told('a\n', ','.repeat(21))).toEqual([1, 'long-line 2'])
})

test('joined texts come apart as they were, whatever stands in them, also when they hold every mark that comes to mind', () => {
  const text = fc
    .array(fc.constantFrom(',', '<', '>', '0', '<0>', '<1>', '<00>', 'a', '<<2>>'))
    .map((signs) => signs.join(''))
  fc.assert(
    fc.property(fc.array(text, { minLength: 1 }), (texts) => {
      const { text: joined, mark } = joinTexts(texts, ',')
      expect(joined.split(mark)).toEqual(texts)
    }),
  )
  const marks = Array.from({ length: 50_000 }, (_none, at) => `<${at}>`)
  const start = performance.now()
  expect(joinTexts([',', ...marks], ',').mark).toBe('<50000>')
  expect(performance.now() - start).toBeLessThan(1000)
})

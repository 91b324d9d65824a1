// pure
import { joinTexts } from './join-texts.ts'

/** A row of a file. */
export interface JoinedRow {
  /** Where it ends in the file, counted from 1. */
  readonly line: number
  /** Its cells, see join-texts.ts: most rows stay as they stand in the file. */
  readonly text: string
  readonly mark: string
}

interface CsvPiece {
  readonly rows: readonly JoinedRow[]
  /** Why nothing more can be read, and the line on which that shows. */
  readonly fault: { readonly reason: 'long-line' | 'quotes'; readonly line: number } | null
}

/**
 * Takes a CSV apart that comes piece by piece, cut anywhere: of each piece come the rows that end in it, but for empty ones. What
 * stands in quotes may hold anything, quotes twice; lines end in CR, LF or CRLF, mixed at will; rows may differ in length.
 * @param longest characters of a row, as it stands in the file
 */
export function splitCsv(separator: string, longest: number): (piece: string, isLast: boolean) => CsvPiece {
  const something = new RegExp(`[^\\s${separator}]`)
  let [rest, line, isBegun] = ['', 1, false]
  return (piece, isLast) => {
    const text = isBegun ? rest + piece : piece.replace(/^\ufeff/, '')
    isBegun ||= piece !== ''
    const rows: JoinedRow[] = []
    const stop = (reason: 'long-line' | 'quotes', from: number, to: number) => ({
      rows,
      fault: { reason, line: line + lineEndsIn(text.slice(from, to)) },
    })
    const signs = seekSigns(text, separator)
    let at = 0
    while (at < text.length) {
      const lineEnd = signs.lineEnd(at)
      const quoted = signs.quote(at) < lineEnd ? readQuoted(text, at, separator, signs, isLast) : null
      const end = quoted?.end ?? lineEnd
      if (end - at > longest) return stop('long-line', at, at + longest)
      if (quoted?.cells === null) return stop('quotes', at, end)
      const isWhole = isLast || text[end] === '\n' || end < text.length - 1
      if (!isWhole) break
      const row = text.slice(at, end)
      if (lineEnd < end) line += lineEndsIn(row)
      if (quoted === null) {
        if (something.test(row)) rows.push({ line, text: row, mark: separator })
      } else if (quoted.cells.some((cell) => cell.trim() !== '')) {
        rows.push({ line, ...joinTexts(quoted.cells, separator) })
      }
      line++
      at = end + (text[end] === '\r' && text[end + 1] === '\n' ? 2 : 1)
    }
    rest = text.slice(at)
    return { rows, fault: null }
  }
}

type Signs = ReturnType<typeof seekSigns>

/** Where signs stand next, asked with places that only grow; past the end where there is none. */
function seekSigns(text: string, separator: string) {
  const [quote, cr, lf, cut] = ['"', '\r', '\n', separator].map((sign) => {
    let found = -1
    return (from: number) => {
      if (found < from) found = text.indexOf(sign, from)
      if (found === -1) found = text.length
      return found
    }
  }) as [Seek, Seek, Seek, Seek]
  return { quote, cut, lineEnd: (from: number) => Math.min(cr(from), lf(from)) }
}

type Seek = (from: number) => number

/** The cells of a row with quotes in it and where it ends, as far as it is there; no cells where a quote stands wrong. */
function readQuoted(
  text: string,
  start: number,
  separator: string,
  signs: Signs,
  isLast: boolean,
): { end: number; cells: string[] | null } {
  const cells: string[] = []
  for (let at = start; ; at++) {
    let end: number
    if (text[at] === '"') {
      const close = closing(text, at)
      if (close === -1) return isLast ? { end: text.length - 1, cells: null } : { end: text.length, cells }
      const cell = text.slice(at + 1, close)
      cells.push(cell.includes('"') ? cell.replaceAll('""', '"') : cell)
      end = close + 1
      const isClosed = end === text.length || text[end] === separator || text[end] === '\n' || text[end] === '\r'
      if (!isClosed) return { end: close, cells: null }
    } else {
      end = Math.min(signs.cut(at), signs.lineEnd(at))
      if (signs.quote(at) < end) return { end: signs.quote(at), cells: null }
      cells.push(text.slice(at, end))
    }
    if (text[end] !== separator) return { end, cells }
    at = end
  }
}

/** Where the quote that stands here is closed; -1 where it is not, so far. */
function closing(text: string, open: number): number {
  let close = text.indexOf('"', open + 1)
  while (close !== -1 && text[close + 1] === '"') close = text.indexOf('"', close + 2)
  return close
}

const lineEndsIn = (text: string): number => text.match(/\r\n|\r|\n/g)?.length ?? 0

import { introductionLength, isForwardMark, isForwardSubject } from './reply-headers.ts'

/** What a person wrote, and what they quoted with it. */
export interface FoldedText {
  readonly text: string
  readonly quoted: string | null
}

/**
 * Parts the text of a mail from what it quotes, so that a thread shows each thing once. Signatures stay. Forwarded mail is
 * no quote, nor are lines that were answered one by one: both are what the sender wants to be read. Where nothing would
 * remain, nothing is folded. Pure; time linear in the length.
 */
export function foldQuote(text: string, subject: string | null = null): FoldedText {
  const whole = { text: text.trim(), quoted: null }
  if (isForwardSubject(subject)) return whole
  const lines = text.split(/\r?\n/)
  const plain = lines.map(plainLine)
  for (let at = 0; at < plain.length; at++) {
    if (isForwardMark(plain[at]!)) return whole
    const introduction = introductionLength(plain, at)
    if (introduction > 0) return split(lines, plain, at, at + introduction) ?? whole
    if (plain[at]!.startsWith('>')) return split(lines, plain, at, at) ?? whole
  }
  return whole
}

/** `from`: the first line of the quote with its introduction; `quoteAt`: the first of what is quoted. Null: leave it whole. */
function split(lines: readonly string[], plain: readonly string[], from: number, quoteAt: number): FoldedText | null {
  const before = join(lines.slice(0, from))
  let end = lines.length
  if (firstWritten(plain, quoteAt)?.startsWith('>') === true) {
    end = endOfMarked(plain, quoteAt)
    const after = plain.slice(end)
    // answered between the lines: neither half makes sense without the other
    if (after.some((line) => line.startsWith('>'))) return null
  }
  const after = join(lines.slice(end))
  const said = [before, after].filter((part) => part !== '').join('\n\n')
  const quoted = join(lines.slice(from, end))
  return said === '' || quoted === '' ? null : { text: said, quoted }
}

/** The line after the last of a block of `>` lines; lines wrapped by a mail program and empty ones belong to it. */
function endOfMarked(plain: readonly string[], from: number): number {
  let end = from
  for (let at = from; at < plain.length; at++) {
    if (plain[at]!.startsWith('>')) end = at + 1
    else if (plain[at] !== '') break
  }
  return end
}

const firstWritten = (plain: readonly string[], from: number) => {
  for (let at = from; at < plain.length; at++) if (plain[at] !== '') return plain[at]
  return undefined
}

const join = (lines: readonly string[]) => lines.join('\n').trim()

/** As the patterns read a line: without the marks that Apple and Outlook put around dates and addresses. */
const plainLine = (line: string) =>
  line.length > 1000
    ? line.slice(0, 1000)
    : line
        .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
        .replace(/[\u00a0\u202f\t]/g, ' ')
        .trim()

/** Longest header field that is read; what is longer ends at its last comma or space before this. */
const longestField = 32 * 1024
/** All fields together, and how many of them. */
const longestHead = 256 * 1024
const mostFields = 2000

/** A mail cut in two: its header fields as they stand, folding included, and everything after the empty line. */
export interface CutMail {
  readonly fields: readonly { readonly name: string; readonly line: string }[]
  readonly body: Buffer
}

/**
 * Cuts a mail at its first empty line and bounds what a stranger can make the parsers of addresses and parameters chew:
 * headers of megabytes, ten thousand groups. Takes time linear in the length; bytes stand as latin1. Pure.
 */
export function cutMail(raw: Buffer): CutMail {
  const end = endOfHead(raw)
  const head = raw.subarray(0, Math.min(end, longestHead * 4)).toString('latin1')
  const fields: { name: string; line: string }[] = []
  let total = 0
  for (const line of unfold(head)) {
    const name = /^([!-9;-~]+)[ \t]*:/.exec(line.slice(0, 200))?.[1]
    if (name === undefined) continue
    const bounded = line.length > longestField ? shorten(line) : line
    total += bounded.length
    if (total > longestHead || fields.length === mostFields) break
    fields.push({ name: name.toLowerCase(), line: bounded })
  }
  return { fields, body: raw.subarray(end) }
}

/** The mail with its head bounded, for a parser. */
export function joinMail({ fields, body }: CutMail): Buffer {
  return Buffer.concat([Buffer.from(fields.map(({ line }) => `${line}\r\n`).join('') + '\r\n', 'latin1'), body])
}

/** A field's value on one line. @param at 0 is the first of that name from the top */
export function fieldOf({ fields }: Pick<CutMail, 'fields'>, name: string, at = 0): string | null {
  const found = fields.filter((field) => field.name === name)[at]
  return found === undefined ? null : valueOf(found.line)
}

export const valueOf = (line: string): string =>
  line
    .slice(line.indexOf(':') + 1)
    .replace(/\r?\n(?=[ \t])/g, '')
    .trim()

/** Where the body begins: after the first empty line, or at the end. */
function endOfHead(raw: Buffer): number {
  if (raw[0] === 10) return 1
  if (raw[0] === 13 && raw[1] === 10) return 2
  const [crlf, lf] = [raw.indexOf('\r\n\r\n', 0, 'latin1'), raw.indexOf('\n\n', 0, 'latin1')]
  if (crlf < 0 && lf < 0) return raw.length
  return lf < 0 || (crlf >= 0 && crlf < lf) ? crlf + 4 : lf + 2
}

/** Fields with their continuation lines; a line that is neither (a stray `From ` of an mbox) stands by itself. */
function unfold(head: string): string[] {
  const fields: string[] = []
  let parts: string[] = []
  for (const line of head.split(/\r?\n/)) {
    if (/^[ \t]/.test(line) && parts.length > 0) parts.push(line)
    else {
      if (parts.length > 0) fields.push(parts.join('\r\n'))
      parts = line === '' ? [] : [line]
    }
  }
  if (parts.length > 0) fields.push(parts.join('\r\n'))
  return fields
}

function shorten(line: string): string {
  const cut = line.slice(0, longestField)
  const at = Math.max(cut.lastIndexOf(','), cut.lastIndexOf('\r\n'))
  return cut.slice(0, at > longestField / 2 ? at : longestField).trimEnd()
}

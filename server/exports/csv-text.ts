// pure

/**
 * What a spreadsheet would calculate or call: a formula's sign at the beginning of a cell, behind whatever it skips, in either
 * width; and at the beginning of what another separator would make a cell of. `'` before the sign makes text of it.
 */
const formula = /(^|[,;\t\r\n])([\s\p{Cc}\p{Cf}"]*)('*)(?=[=+\-@＝＋－＠])/gu

/** A number or a phone is nothing to calculate. */
const harmless = /^(?:\+\d{1,15}|-?\d{1,15}(?:\.\d{1,15})?)$/

/** The text as it may stand in a cell, without the quotes. */
export const disarm = (text: string): string => (harmless.test(text) ? text : text.replace(formula, "$1$2$3'"))

/** What `disarm` was given. Of what a person wrote, `'` before a formula's sign goes, as it does in a spreadsheet. */
export const rearm = (text: string): string =>
  text.includes("'")
    ? text.replace(formula, (whole, start: string, skipped: string, quotes: string) =>
        quotes === '' ? whole : start + skipped + quotes.slice(1),
      )
    : text

/** Most cells: nothing, a phone, or a letter or digit first, so that nothing is calculated, and nothing that has to stand in quotes. */
const plain = /^(?:[\p{L}\p{N}](?:[^",;\t\r\n]*[^\s",;])?|\+\d{1,15})?$/u

const cellText = (cell: string): string => {
  if (plain.test(cell)) return cell
  const safe = disarm(cell)
  return /["\r\n,;\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** One line of a CSV, with its end. */
export const csvLine = (cells: readonly string[], separator: string): string =>
  `${cells.map(cellText).join(separator)}\r\n`

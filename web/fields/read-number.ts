/** A number as somebody writes it in their language, with or without its thousands apart; null where it is none. */
export function readNumber(typed: string, tag: string): number | null {
  const { point, group } = marksOf(tag)
  const bare = typed.replace(/[\s\u00a0\u202f]/g, '').replace(/^[\u2212\u2013]/, '-')
  const [whole = '', rest, ...more] = bare.split(point)
  if (more.length > 0) return null
  const isGrouped = new RegExp(`^-?\\d{1,3}(\\${group}\\d{3})+$`).test(whole)
  // where thousands are set apart by points, a single point elsewhere is meant as the other mark
  const plain = isGrouped ? whole.replaceAll(group, '') : rest === undefined ? whole.replace(group, '.') : whole
  const text = rest === undefined ? plain : `${plain}.${rest}`
  return /^-?\d{1,15}(\.\d{1,10})?$/.test(text) ? Number(text) : null
}

/** A number as it is edited: plain digits, with the mark that the person's language puts before the decimals. */
export const writeNumber = (value: number, tag: string): string =>
  new Intl.NumberFormat(tag, { useGrouping: false, maximumFractionDigits: 10 }).format(value)

function marksOf(tag: string): { point: string; group: string } {
  const parts = new Intl.NumberFormat(tag, { useGrouping: 'always' }).formatToParts(12_345.6)
  const point = parts.find(({ type }) => type === 'decimal')?.value ?? '.'
  const group = parts.find(({ type }) => type === 'group')?.value.trim() ?? ''
  return { point, group: group === '' ? (point === '.' ? ',' : '.') : group }
}

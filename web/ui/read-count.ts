/** A whole number as people write it: 1248, 1.248, 1,248, 1 248. Null for anything else. */
export function readCount(text: string): number | null {
  const digits = text.trim()
  const isGrouped = /^\d{1,3}(?:[.,'’\s]\d{3})+$/.test(digits)
  return isGrouped || /^\d{1,12}$/.test(digits) ? Number(digits.replace(/\D/g, '')) : null
}

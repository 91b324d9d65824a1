// pure

/** An escape that JSON means otherwise than PostgreSQL does in a list: of anything but a quote or, taken out before, a backslash. */
const onlyJson = /\\[^"]/

/**
 * A list as PostgreSQL writes it, from texts, numbers, booleans and nulls; null for any other, which the driver knows how to send.
 * The driver goes through each text twice; a list of a batch is long.
 */
export function arrayText(list: readonly unknown[]): string | null {
  for (const entry of list) {
    const type = typeof entry
    const isPlain = type === 'string' || type === 'boolean' || entry === null || Number.isFinite(entry)
    if (!isPlain) return null
  }
  const json = JSON.stringify(list)
  return json.includes('\\') && onlyJson.test(json.replaceAll('\\\\', '')) ? null : `{${json.slice(1, -1)}}`
}

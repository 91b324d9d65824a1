/**
 * Reads what a stranger sent as JSON, so that every string in it can be stored: bytes that are no UTF-8, NUL characters and
 * halves of surrogate pairs become U+FFFD, keys that could reach a prototype are dropped.
 * @returns undefined when it is not JSON, or too deep to be anything but an attack
 */
export function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'), clean)
  } catch {
    return undefined
  }
}

function clean(key: string, value: unknown): unknown {
  if (key === '__proto__' || (key === 'constructor' && typeof value === 'object')) return undefined
  return typeof value === 'string' ? cleanText(value) : value
}

/** Text that PostgreSQL and JSON both take. */
export const cleanText = (text: string): string => text.replaceAll('\u0000', '\uFFFD').toWellFormed()

// pure

/** What JSON escapes otherwise than PostgreSQL reads it in a list: everything but quotes and backslashes. */
const asBothDo = /^(?:[^\\]|\\["\\])*$/

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
  return asBothDo.test(json) ? `{${json.slice(1, -1)}}` : null
}

import { types } from 'pg'

const int8 = 20
const int8Array = 1016
const date = 1082

/** A 64-bit number as a JavaScript one. Every number of ours stays below 2^53; one that does not is a fault, never a rounding. */
function parseWhole(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value))
    throw new RangeError(`The database sent ${text}, which is beyond what a number can hold.`)
  return value
}

/** `{1,NULL,3}`; arrays of arrays are nothing that we have. */
const parseWholes = (text: string): (number | null)[] =>
  text === '{}'
    ? []
    : text
        .slice(1, -1)
        .split(',')
        .map((entry) => (entry === 'NULL' ? null : parseWhole(entry)))

/** How PostgreSQL's text becomes JavaScript's values, as the generated table types promise. Days stay text: they have no time zone. */
export const readValue: typeof types.getTypeParser = (oid: number, format?: 'text' | 'binary') => {
  if (format !== 'binary') {
    if (oid === int8) return parseWhole
    if (oid === int8Array) return parseWholes
    if (oid === date) return (text: string) => text
  }
  return types.getTypeParser(oid, format)
}

import { sql } from 'kysely'
import type pg from 'pg'
import { arrayText } from './array-text.ts'

/** For statements that others write. */
export const preparedMark = '/* prepared */'

/**
 * Begins a statement that each connection shall parse and plan once instead of every time: sql`${prepared} select …`. Worth it
 * where planning costs more than running, which is so for joins by key. Only for a fixed text whose best plan is the same whatever
 * its parameters, and which names its columns: `*` would break when a column is added beside a running process.
 */
export const prepared = sql.raw<never>(preparedMark)

/** The same for a statement on a list of rows: on many at once a plan for few would be a poor one, and planning costs little beside them. */
export const preparedFor = (rows: number): typeof prepared => (rows <= 8 ? prepared : sql.raw<never>(''))

const names = new Map<string, string>()

/** The same text has the same name on every connection of this process. */
function nameOf(text: string): string {
  const known = names.get(text)
  if (known !== undefined) return known
  const name = `ficha_${names.size + 1}`
  names.set(text, name)
  return name
}

const written = (value: unknown): unknown => (Array.isArray(value) ? (arrayText(value) ?? value) : value)

/** Teaches a new connection to keep the statements that begin with `prepared`, and to write lists fast. */
export function keepPrepared(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...call: unknown[]) => unknown
  const keeping = (text: unknown, given: unknown, ...rest: unknown[]) => {
    const values = Array.isArray(given) ? given.map(written) : given
    if (typeof text !== 'string' || !text.startsWith(preparedMark)) return query(text, values, ...rest)
    return query({ name: nameOf(text), text, values }, ...rest)
  }
  client.query = keeping as typeof client.query
}

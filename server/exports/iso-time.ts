// pure

const zone = '+00:00'

/** A time as PostgreSQL's JSON writes it in UTC, written as `Date.toISOString` writes it: to the millisecond, the rest cut off. */
export const isoTime = (text: string): string =>
  `${text.slice(0, 19)}.${text.slice(20, -zone.length).slice(0, 3).padEnd(3, '0')}Z`

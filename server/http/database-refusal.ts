import { ORPCError } from '@orpc/server'
import { errors } from '#contract/errors.ts'

/**
 * PostgreSQL's codes for "not now": somebody holds the lock, was quicker to take the same name (asked again, the act sees it and
 * says so), it took too long, or the server is going down.
 */
const busy = new Set(['23505', '55P03', '57014', '40001', '40P01', '57P01', '57P03', '08006', '08003', '53300'])

/** An answer that asks to try again, where that is all that is wrong; null for anything else. */
export function databaseRefusal(error: unknown): ORPCError<'UNAVAILABLE', undefined> | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const lost =
    error instanceof Error &&
    /Connection terminated|ECONNREFUSED|ECONNRESET|timeout exceeded when trying/.test(error.message)
  if (!busy.has(code) && !lost) return null
  return new ORPCError('UNAVAILABLE', { status: 503, message: errors.UNAVAILABLE.message, defined: true })
}

import { ORPCError } from '@orpc/server'
import { errors, type FieldProblem } from '#contract/errors.ts'

interface FailData {
  BAD_REQUEST: { fields: FieldProblem[] }
  UNAUTHENTICATED: undefined
  FORBIDDEN: { reason: string } | undefined
  NOT_FOUND: undefined
  STALE: { fields: { field: string; current: unknown; by: string | null; at: string | null }[] }
  CONFLICT: { reason: string; field?: string }
  TOO_MANY_REQUESTS: { retryAfterSeconds?: number } | undefined
  UNAVAILABLE: undefined
}

/** Ends an act with one of the errors of the contract; a transaction around it rolls back. */
export function fail<Code extends keyof FailData>(
  code: Code,
  ...[data]: undefined extends FailData[Code] ? [data?: FailData[Code]] : [data: FailData[Code]]
): never {
  const { status, message } = errors[code]
  throw new ORPCError(code, { status, message, ...(data === undefined ? {} : { data }) })
}

/** One refused field. */
export function refuse(path: string, reason: string, message: string, fix?: string): never {
  return fail('BAD_REQUEST', { fields: [{ path, reason, message, ...(fix === undefined ? {} : { fix }) }] })
}

import { ORPCError } from '@orpc/client'
import type { I18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'

/** Might the same request succeed if sent again? True for lost connections, overload and a server that is restarting. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof ORPCError)) return true
  return error.status >= 500 && error.code !== 'INTERNAL'
}

/** The code of an answer from the contract's closed list; null for anything that is no answer (offline, aborted). */
export function codeOf(error: unknown): string | null {
  return error instanceof ORPCError ? error.code : null
}

/** The rule that stands against an act (`data.reason` of CONFLICT and FORBIDDEN), to be put into words by the screen. */
export function reasonOf(error: unknown): string | null {
  const data = dataOf(error)
  return typeof data['reason'] === 'string' ? data['reason'] : null
}

/** The fields a BAD_REQUEST names, with the reason and the ready remedy of each. */
export function fieldProblems(error: unknown): { path: string; reason: string; message: string; fix?: string }[] {
  const fields = dataOf(error)['fields']
  return codeOf(error) === 'BAD_REQUEST' && Array.isArray(fields) ? fields : []
}

/** The present values a STALE answer names. */
export function staleFields(
  error: unknown,
): { field: string; current: string | number | boolean | null; by: string | null; at: string | null }[] {
  const fields = dataOf(error)['fields']
  return codeOf(error) === 'STALE' && Array.isArray(fields) ? fields : []
}

/** The short id under which the server's log has the rest. */
export function referenceOf(error: unknown): string | undefined {
  const reference = dataOf(error)['reference']
  return typeof reference === 'string' ? reference : undefined
}

/** What went wrong in the person's language, where the screen has nothing more exact to say. */
export function explain(error: unknown, i18n: I18n): string {
  switch (codeOf(error)) {
    case null:
      return i18n._(msg`No answer from the server. Check your connection.`)
    case 'BAD_REQUEST':
      return i18n._(msg`Something in what was sent isn't right.`)
    case 'UNAUTHENTICATED':
      return i18n._(msg`Your session has ended. Sign in again.`)
    case 'FORBIDDEN':
      return i18n._(msg`Your role doesn't allow this.`)
    case 'NOT_FOUND':
      return i18n._(msg`This no longer exists, or you may not see it.`)
    case 'STALE':
      return i18n._(msg`Somebody changed this meanwhile.`)
    case 'CONFLICT':
      return i18n._(msg`That isn't possible right now.`)
    case 'TOO_LARGE':
      return i18n._(msg`That is too large.`)
    case 'TOO_MANY_REQUESTS':
      return i18n._(msg`Too many attempts. Wait a moment.`)
    case 'UNAVAILABLE':
      return i18n._(msg`The server is busy for a moment. Try again.`)
    default:
      return i18n._(msg`Something went wrong on the server.`)
  }
}

function dataOf(error: unknown): Record<string, unknown> {
  return error instanceof ORPCError && typeof error.data === 'object' && error.data !== null ? { ...error.data } : {}
}

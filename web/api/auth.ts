import { i18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'

/** A refusal of the sign-in endpoints, with their code: `INVALID_EMAIL_OR_PASSWORD`, `TOO_MANY_REQUESTS` … */
export class AuthRefusal extends Error {
  readonly code: string
  /** Seconds to wait, where there were too many attempts. */
  readonly wait: number | null

  constructor(code: string, wait: number | null) {
    super(code)
    this.code = code
    this.wait = wait
  }
}

/** Calls a sign-in endpoint below `/auth`. Throws `AuthRefusal`, or a TypeError when nothing answered. */
export async function callAuth<Answer = object>(path: string, body: object = {}): Promise<Answer> {
  const answer = await fetch(`/auth${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const result = (await answer.json().catch(() => ({}))) as { code?: string; data?: { retryAfterSeconds?: number } }
  if (!answer.ok) throw new AuthRefusal(result.code ?? 'INTERNAL', result.data?.retryAfterSeconds ?? null)
  return result as Answer
}

/** What went wrong with a sign-in, a password or a code, in the person's language. */
export function explainAuth(error: unknown): string {
  if (!(error instanceof AuthRefusal)) return i18n._(msg`No answer from the server. Check your connection.`)
  switch (error.code) {
    case 'INVALID_EMAIL_OR_PASSWORD':
      return i18n._(msg`The email or the password isn't right.`)
    case 'INVALID_EMAIL':
      return i18n._(msg`Check the email: something is missing`)
    case 'INVALID_PASSWORD':
      return i18n._(msg`That isn't your password.`)
    case 'PASSWORD_TOO_SHORT':
      return i18n._(msg`Use at least 10 characters.`)
    case 'PASSWORD_TOO_LONG':
      return i18n._(msg`Use at most 128 characters.`)
    case 'INVALID_CODE':
      return i18n._(msg`That code isn't right, or its time is over.`)
    case 'INVALID_BACKUP_CODE':
      return i18n._(msg`That backup code isn't right, or it was used before.`)
    case 'INVALID_TWO_FACTOR_COOKIE':
      return i18n._(msg`This sign-in took too long or had too many attempts. Start again with your password.`)
    case 'TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE':
      return i18n._(msg`Too many wrong codes. Start again with your password.`)
    case 'ACCOUNT_TEMPORARILY_LOCKED':
      return i18n._(msg`Too many wrong codes for this account. Wait a quarter of an hour.`)
    case 'INVALID_TOKEN':
      return i18n._(msg`This link was used already, or its time is over.`)
    case 'TOO_MANY_REQUESTS': {
      const minutes = Math.max(1, Math.ceil((error.wait ?? 60) / 60))
      return i18n._(msg`Too many attempts. Try again in ${minutes} min.`)
    }
    default:
      return i18n._(msg`Something went wrong on the server.`)
  }
}

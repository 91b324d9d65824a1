import { isOneEdit } from './compare-words.ts'
import { readAddress } from './email-key.ts'
import { readEmail } from './read-email.ts'
import type { EmailProblem } from './read-email.ts'
import { remembering } from './remembering.ts'

export type CheckedEmail =
  | {
      ok: true
      /** What is stored, shown and written to: exactly the string that was checked. */
      email: string
      strength: 'exact' | 'role' | 'unverified' | 'none'
      lookAlike: boolean
      /** The address with its domain spelled as a well-known provider's, when one letter is off; shown as a question. */
      hint: string | null
    }
  | { ok: false; reason: EmailProblem }

/** Judges what was typed into an e-mail field: one address, nothing that a mail program could read as two. */
export function checkEmail(raw: unknown): CheckedEmail {
  const { parts, key } = readAddress(raw)
  if (typeof parts === 'string') return { ok: false, reason: parts }
  const { normalised, strength, lookAlike } = key
  const meant = providerMeant(parts.domain)
  return {
    ok: true,
    email: normalised!,
    strength,
    lookAlike,
    hint: meant === null ? null : `${parts.local}@${meant}`,
  }
}

export type SignInEmail = { ok: true; email: string } | { ok: false; reason: EmailProblem | 'look-alike' }

/**
 * The address under which somebody signs in or is invited. Stricter than a contact's: what is typed must already be plain,
 * so no two different writings (fullwidth ＠, dotless ı, invisible marks) can reach one account, and mail goes only to the returned string.
 */
export function normaliseSignInEmail(raw: unknown): SignInEmail {
  if (typeof raw !== 'string') return { ok: false, reason: 'not-an-address' }
  const typed = raw.trim()
  const parts = readEmail(typed)
  if (typeof parts === 'string') return { ok: false, reason: parts }
  const at = typed.lastIndexOf('@')
  const isPlain = /^[\w.!#$%&'*+/=?^`{|}~-]+$/.test(typed.slice(0, at))
  const domain = typed.slice(at)
  const isAsTyped = domain === domain.normalize('NFKC') && !/[\p{Cf}\s]|\.$/u.test(domain)
  return isPlain && isAsTyped
    ? { ok: true, email: `${parts.local}@${parts.domain}` }
    : { ok: false, reason: 'look-alike' }
}

const providers = new Set(
  `gmail.com googlemail.com hotmail.com outlook.com live.com msn.com yahoo.com yahoo.es yahoo.com.mx yahoo.com.ar yahoo.com.br yahoo.co.uk
  hotmail.es outlook.es icloud.com me.com mac.com aol.com proton.me protonmail.com gmx.de gmx.net web.de t-online.de yandex.ru mail.ru
  uol.com.br bol.com.br terra.com.br libero.it orange.fr free.fr wanadoo.fr`.split(/\s+/),
)

/** The provider that a domain is one slip away from. */
const providerMeant = remembering((domain) =>
  providers.has(domain)
    ? null
    : ([...providers].find((provider) => provider.length >= 7 && isOneEdit(domain, provider)) ?? null),
)

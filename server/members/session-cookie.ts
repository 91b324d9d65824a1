import { createHmac, timingSafeEqual } from 'node:crypto'

/** Thirty days since the session was last looked after; a browser that comes back within them stays signed in. */
export const sessionSeconds = 30 * 24 * 3600

/** The cookie's name; browsers keep the `__Secure-` one to HTTPS. */
export const sessionCookieName = (secure: boolean): string => `${secure ? '__Secure-' : ''}ficha_session`

const signature = (token: string, secret: string): string => createHmac('sha256', secret).update(token).digest('base64')

/** The Set-Cookie line of a session, as the sign-in library writes and reads it. */
export function writeSessionCookie(token: string, options: { secret: string; secure: boolean }): string {
  const value = encodeURIComponent(`${token}.${signature(token, options.secret)}`)
  const line = `${sessionCookieName(options.secure)}=${value}; Max-Age=${sessionSeconds}; Path=/; HttpOnly; SameSite=Lax`
  return options.secure ? `${line}; Secure` : line
}

/** The token in a Cookie header, if the signature is ours. Null for no cookie and for anything forged or broken. */
export function readSessionCookie(
  header: string | undefined,
  options: { secret: string; secure: boolean },
): string | null {
  const prefix = `${sessionCookieName(options.secure)}=`
  const pair = header?.split(';').find((part) => part.trimStart().startsWith(prefix))
  if (pair === undefined) return null
  const value = decode(pair.trim().slice(prefix.length))
  const dot = value.lastIndexOf('.')
  if (dot < 1) return null
  const token = value.slice(0, dot)
  const given = Buffer.from(value.slice(dot + 1))
  const right = Buffer.from(signature(token, options.secret))
  return given.length === right.length && timingSafeEqual(given, right) ? token : null
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const year = 365 * 24 * 3600
const name = (secure: boolean) => `${secure ? '__Secure-' : ''}ficha_known`
const sign = (id: string, address: string, key: string) =>
  createHmac('sha256', key).update(`${id} ${address}`).digest('base64url')

/**
 * A mark that this browser has signed in to an account before. It opens nothing; it only lets the owner's attempts be
 * counted apart from those of strangers who guess.
 */
export function markKnownBrowser(address: string, options: { key: string; secure: boolean }): string {
  const id = randomBytes(12).toString('base64url')
  const line = `${name(options.secure)}=${id}.${sign(id, address, options.key)}; Max-Age=${year}; Path=/auth; HttpOnly; SameSite=Lax`
  return options.secure ? `${line}; Secure` : line
}

/** The browser's id, when its mark is for this address; else null. */
export function readKnownBrowser(
  header: string | undefined,
  address: string,
  options: { key: string; secure: boolean },
): string | null {
  const prefix = `${name(options.secure)}=`
  const pair = header?.split(';').find((part) => part.trimStart().startsWith(prefix))
  const [id, signature] = pair?.trim().slice(prefix.length).split('.') ?? []
  if (id === undefined || signature === undefined) return null
  const given = Buffer.from(signature)
  const right = Buffer.from(sign(id, address, options.key))
  return given.length === right.length && timingSafeEqual(given, right) ? id : null
}

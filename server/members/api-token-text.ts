import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

export interface ApiTokenClaims {
  /** When it was made, in seconds since 1970. */
  iat: number
  id: number
  spaceId: number
  orgId: number
  type: 'api'
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const sign = (text: string, key: string) => createHmac('sha256', key).update(text).digest()

/** The token as its holder sees it: a JWT, because clients of such APIs look inside for the workspace. */
export function writeApiToken(claims: ApiTokenClaims, key: string): string {
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`
  return `${text}.${sign(text, key).toString('base64url')}`
}

/**
 * The claims of a token that we signed, else null. The algorithm is ours to choose, never the token's. Whether it is still
 * good is for its row to say.
 */
export function readApiToken(token: string, key: string): ApiTokenClaims | null {
  const [head, body, signature, ...rest] = token.split('.')
  if (token.length > 1000 || head === undefined || body === undefined || signature === undefined || rest.length > 0)
    return null
  const given = Buffer.from(signature, 'base64url')
  const right = sign(`${head}.${body}`, key)
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null
  return JSON.parse(Buffer.from(body, 'base64url').toString()) as ApiTokenClaims
}

/** What is kept of a token. */
export const apiTokenHash = (token: string): string => createHash('sha256').update(token).digest('base64url')

/** What its holder knows it again by: too little to guess the rest. */
export const apiTokenEnding = (token: string): string => token.slice(-4)

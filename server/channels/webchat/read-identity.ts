import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { VisitorProfile } from './visitor-token.ts'

/** Why a site's word for a visitor is not believed. */
export type IdentityProblem = 'malformed' | 'algorithm' | 'signature' | 'expired' | 'claims'

const Header = z.object({ alg: z.string() })
const text = (max: number) => z.string().trim().max(max).nullish().catch(null)
const Claims = z.object({
  sub: z.union([z.string().trim().min(1).max(200), z.number()]).transform(String),
  exp: z.number(),
  nbf: z.number().optional(),
  name: text(200),
  email: text(254),
  phone_number: text(40),
})

/** Longer than any clock is wrong. */
const leewaySeconds = 60

/**
 * Whom the embedding site says a visitor is: a JSON Web Token, signed on the site's own server with the channel's secret.
 * One algorithm, whatever the token itself asks for; without an end it says nothing.
 * Source: RFC 7519 (JWT), RFC 7515 (HS256), RFC 8725 (what to refuse)
 */
export function readIdentity(
  secret: string,
  jwt: string,
  now: Date,
): { identity: { address: string; profile: VisitorProfile } } | { problem: IdentityProblem } {
  const [, head, body, signature] = /^([\w-]{1,500})\.([\w-]{1,4000})\.([\w-]{43})$/.exec(jwt) ?? []
  if (head === undefined || body === undefined || signature === undefined) return { problem: 'malformed' }
  if (Header.safeParse(decode(head)).data?.alg !== 'HS256') return { problem: 'algorithm' }
  const expected = createHmac('sha256', secret).update(`${head}.${body}`).digest()
  const given = Buffer.from(signature, 'base64url')
  if (secret === '' || given.length !== expected.length || !timingSafeEqual(given, expected))
    return { problem: 'signature' }
  const claims = Claims.safeParse(decode(body)).data
  if (claims === undefined) return { problem: 'claims' }
  const seconds = now.getTime() / 1000
  if (claims.exp < seconds - leewaySeconds || (claims.nbf ?? 0) > seconds + leewaySeconds) return { problem: 'expired' }
  const { sub, name, email, phone_number } = claims
  return {
    identity: {
      address: `u:${sub}`,
      profile: { name: name || null, email: email || null, phone: phone_number || null },
    },
  }
}

function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString())
  } catch {
    return null
  }
}

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'

/** Then whoever comes again is somebody new. */
export const tokenDays = 30

/** What the site says of a visitor it vouches for. */
export interface VisitorProfile {
  readonly name: string | null
  readonly email: string | null
  readonly phone: string | null
}

/** Whoever holds a token. */
export interface Visitor {
  /** `v:…` somebody whom nobody vouches for, `u:…` the site's own name for them. */
  readonly address: string
  /** Names this one token, so that it can be ended. */
  readonly nonce: string
  /** Seconds since 1970. */
  readonly issuedAt: number
  readonly profile: VisitorProfile | null
}

const text = z.string().nullable()
const Payload = z.object({
  a: z.string().regex(/^[vu]:./),
  n: z.string().min(16),
  t: z.number().int().positive(),
  p: z.object({ name: text, email: text, phone: text }).nullable(),
})

/** A token for whoever has this address on a line. @param key the line's own, which nobody is told */
export function makeToken(
  key: string,
  { address, profile }: Pick<Visitor, 'address' | 'profile'>,
  now: Date,
): { token: string; visitor: Visitor } {
  const visitor = {
    address,
    nonce: randomBytes(16).toString('base64url'),
    issuedAt: Math.floor(now.getTime() / 1000),
    profile,
  }
  const payload = { a: address, n: visitor.nonce, t: visitor.issuedAt, p: profile }
  const words = Buffer.from(JSON.stringify(payload)).toString('base64url')
  return { token: `${words}.${sign(key, words).toString('base64url')}`, visitor }
}

/** @returns null for a token that was changed, made for another line, or is too old */
export function readToken(key: string, token: string, now: Date): Visitor | null {
  const [, words, signature] = /^([\w-]{20,4000})\.([\w-]{43})$/.exec(token) ?? []
  if (key === '' || words === undefined || signature === undefined) return null
  const given = Buffer.from(signature, 'base64url')
  const expected = sign(key, words)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null
  const payload = Payload.safeParse(JSON.parse(Buffer.from(words, 'base64url').toString())).data
  if (payload === undefined || now.getTime() / 1000 - payload.t > tokenDays * 86_400) return null
  return { address: payload.a, nonce: payload.n, issuedAt: payload.t, profile: payload.p }
}

const sign = (key: string, words: string) => createHmac('sha256', key).update(`visitor ${words}`).digest()

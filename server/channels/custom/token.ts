import { newToken } from '../new-token.ts'

/**
 * The bearer token of both directions. It begins with the channel's public id, so that a call can be checked before
 * anything of its body is read.
 */
export const makeApiToken = (publicId: string): string => `${publicId}.${newToken()}`

/** The token of an `Authorization: Bearer …` header; null when there is none. */
export const bearerOf = (header: string | undefined): string | null =>
  /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1] ?? null

/** The public id that a token names, whatever else is true of it. */
export const publicIdOf = (token: string): string => token.slice(0, Math.max(0, token.indexOf('.')))

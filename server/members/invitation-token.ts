import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits: the link is the right to join. */
export const makeInvitationToken = (): string => randomBytes(32).toString('base64url')

/** What is kept of it. */
export const invitationTokenHash = (token: string): string => createHash('sha256').update(token).digest('base64url')

export const invitationDays = 7
export const invitationEnds = (now: Date): Date => new Date(now.getTime() + invitationDays * 24 * 3600 * 1000)

/** The token stands behind the #: it reaches no log of a server or proxy on the way, and no Referer. */
export const invitationLink = (ownAddress: string, token: string): string => `${ownAddress}/invite#${token}`

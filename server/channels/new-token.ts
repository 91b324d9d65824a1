import { randomBytes } from 'node:crypto'

/** A secret that is shown and copied: 192 bits, letters, digits, - and _. */
export const newToken = (): string => randomBytes(24).toString('base64url')

/** A channel's name in addresses: as long as it takes not to be guessed. */
export const newPublicId = (): string => randomBytes(16).toString('base64url')

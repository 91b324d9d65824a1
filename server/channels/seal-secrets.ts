import { seal, unseal } from '../http/seal.ts'

/** The secrets of a channel: those of its settings by dotted path, and those made when it was connected. */
export interface ChannelSecrets {
  readonly settings: Readonly<Record<string, string>>
  readonly own: Readonly<Record<string, string>>
}

/** Which channel they belong to: sealed secrets that were moved to another row do not open. */
export interface SealedFor {
  readonly workspaceId: number
  readonly channelId: number
}

const purpose = 'channel secrets'

export const sealSecrets = (secret: string, owner: SealedFor, secrets: ChannelSecrets): Buffer =>
  seal(secret, purpose, nameOf(owner), secrets)

/** @throws when the server's secret is not the one they were sealed with, or they were changed or moved */
export const openSecrets = (secret: string, owner: SealedFor, sealed: Buffer): ChannelSecrets =>
  unseal(secret, purpose, nameOf(owner), sealed) as ChannelSecrets

const nameOf = ({ workspaceId, channelId }: SealedFor) => `${workspaceId}/${channelId}`

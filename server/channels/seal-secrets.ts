import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

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

const version = 1
const ivBytes = 12
const tagBytes = 16

/** AES-256-GCM: `version | iv | tag | ciphertext`. */
export function sealSecrets(secret: string, owner: SealedFor, secrets: ChannelSecrets): Buffer {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret), iv).setAAD(nameOf(owner))
  const text = Buffer.concat([cipher.update(JSON.stringify(secrets), 'utf8'), cipher.final()])
  return Buffer.concat([Buffer.from([version]), iv, cipher.getAuthTag(), text])
}

/** @throws when the server's secret is not the one they were sealed with, or they were changed or moved */
export function openSecrets(secret: string, owner: SealedFor, sealed: Buffer): ChannelSecrets {
  if (sealed[0] !== version) throw new Error('sealed secrets are of an unknown version')
  const iv = sealed.subarray(1, 1 + ivBytes)
  const tag = sealed.subarray(1 + ivBytes, 1 + ivBytes + tagBytes)
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), iv, { authTagLength: tagBytes })
  decipher.setAAD(nameOf(owner)).setAuthTag(tag)
  const text = Buffer.concat([decipher.update(sealed.subarray(1 + ivBytes + tagBytes)), decipher.final()])
  return JSON.parse(text.toString('utf8')) as ChannelSecrets
}

const keyOf = (secret: string) => Buffer.from(hkdfSync('sha256', secret, 'ficha', 'channel secrets', 32))

const nameOf = ({ workspaceId, channelId }: SealedFor) => Buffer.from(`${workspaceId}/${channelId}`)

import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const version = 1
const ivBytes = 12
const tagBytes = 16

/**
 * Seals what must not be read where it lies: AES-256-GCM, `version | iv | tag | ciphertext`.
 * @param purpose each has a key of its own, made of the server's secret
 * @param owner names the row it belongs to: moved to another one it does not open
 */
export function seal(secret: string, purpose: string, owner: string, value: unknown): Buffer {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret, purpose), iv).setAAD(Buffer.from(owner))
  const text = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()])
  return Buffer.concat([Buffer.from([version]), iv, cipher.getAuthTag(), text])
}

/** @throws when the server's secret is not the one it was sealed with, or it was changed or moved */
export function unseal(secret: string, purpose: string, owner: string, sealed: Buffer): unknown {
  if (sealed[0] !== version) throw new Error('what is sealed is of an unknown version')
  const iv = sealed.subarray(1, 1 + ivBytes)
  const tag = sealed.subarray(1 + ivBytes, 1 + ivBytes + tagBytes)
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret, purpose), iv, { authTagLength: tagBytes })
  decipher.setAAD(Buffer.from(owner)).setAuthTag(tag)
  const text = Buffer.concat([decipher.update(sealed.subarray(1 + ivBytes + tagBytes)), decipher.final()])
  return JSON.parse(text.toString('utf8'))
}

const keyOf = (secret: string, purpose: string) => Buffer.from(hkdfSync('sha256', secret, 'ficha', purpose, 32))

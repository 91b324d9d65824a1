import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const ivBytes = 12
const tagBytes = 16
const keyOf = (secret: string) => Buffer.from(hkdfSync('sha256', secret, 'ficha', 'kept answers', 32))

/**
 * An answer that is kept for its repetition may hold what is otherwise kept nowhere, such as the link of an invitation.
 * AES-256-GCM, base64 of `iv | tag | ciphertext`; `owner` names the request it belongs to.
 */
export function sealAnswer(secret: string, owner: string, answer: unknown): string {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret), iv).setAAD(Buffer.from(owner))
  const text = Buffer.concat([cipher.update(JSON.stringify({ answer }), 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64')
}

/** @throws when the server's secret is not the one it was sealed with, or it was changed or moved */
export function openAnswer(secret: string, owner: string, sealed: string): unknown {
  const bytes = Buffer.from(sealed, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), bytes.subarray(0, ivBytes), {
    authTagLength: tagBytes,
  })
  decipher.setAAD(Buffer.from(owner)).setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
  const text = Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()])
  return (JSON.parse(text.toString('utf8')) as { answer: unknown }).answer
}

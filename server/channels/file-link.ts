import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

/** How long a provider or integrator may take to fetch a file it was told of. */
const lifetimeMs = 24 * 3600 * 1000

/** Where somebody else's server may fetch a file of a message that it is to send. */
export type LinkFile = (file: LinkedFile) => string

/** @param publicUrl where this server is reached from outside */
export const openFileLinks =
  (secret: string, publicUrl: string): LinkFile =>
  (file) =>
    `${publicUrl}/custom/channel/files/${signFileLink(secret, file, Date.now())}`

interface LinkedFile {
  readonly workspaceId: number
  readonly fileId: string
}

/** The last part of a link by which one file can be fetched without signing in, for a day. */
function signFileLink(secret: string, { workspaceId, fileId }: LinkedFile, now: number): string {
  const text = `${workspaceId}.${fileId}.${(now + lifetimeMs).toString(36)}`
  return `${text}.${sign(secret, text).toString('base64url')}`
}

/** @returns null for a link that was changed, made with another secret, or is too old */
export function readFileLink(secret: string, link: string, now: number): LinkedFile | null {
  const [, text = '', workspace = '', fileId = '', until = '', signature = ''] =
    /^((\d{1,15})\.([0-9a-f-]{36})\.([0-9a-z]{1,12}))\.([\w-]{43})$/.exec(link) ?? []
  if (text === '') return null
  const given = Buffer.from(signature, 'base64url')
  const expected = sign(secret, text)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null
  return Number.parseInt(until, 36) < now ? null : { workspaceId: Number(workspace), fileId }
}

const sign = (secret: string, text: string) =>
  createHmac('sha256', Buffer.from(hkdfSync('sha256', secret, 'ficha', 'file links', 32)))
    .update(text)
    .digest()

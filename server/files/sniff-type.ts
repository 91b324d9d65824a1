import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { fileTypeFromBuffer } from 'file-type'
import type { Content } from './file-store.ts'

export type FileKind = 'image' | 'video' | 'audio' | 'file'

/** What every browser shows or plays without running anything in it. */
const shown: Record<Exclude<FileKind, 'file'>, ReadonlySet<string>> = {
  image: new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']),
  video: new Set(['video/mp4', 'video/webm', 'video/quicktime', 'video/3gpp', 'video/ogg']),
  audio: new Set([
    'audio/mpeg',
    'audio/mp4',
    'audio/x-m4a',
    'audio/aac',
    'audio/ogg',
    'audio/opus',
    'audio/wav',
    'audio/webm',
    'audio/amr',
    'audio/flac',
    'audio/x-flac',
  ]),
}

/** Plain texts have no mark of their own: the claim is believed where the bytes are readable text and it is harmless. */
const texts = new Set(['text/plain', 'text/csv', 'text/calendar', 'text/vcard', 'application/json'])

/** Beyond this no format keeps what tells it apart. */
const enough = 256 * 1024

/** Which of the four kinds a type is; only the first three are ever shown inside a page. */
export function kindOfType(type: string): FileKind {
  return (Object.keys(shown) as (keyof typeof shown)[]).find((kind) => shown[kind].has(type)) ?? 'file'
}

/** The type the bytes really have. The claim decides only between texts, and between sound and film in one container. */
export async function sniffType(content: Content, claimed: string): Promise<{ type: string; kind: FileKind }> {
  const claim = bareType(claimed)
  const found = await fileTypeFromBuffer(await headOf(content)).catch(() => undefined)
  const type = found === undefined ? await textType(content, claim) : soundOrFilm(bareType(found.mime), claim)
  return { type, kind: kindOfType(type) }
}

async function headOf(content: Content): Promise<Buffer> {
  if (Buffer.isBuffer(content)) return content.subarray(0, enough)
  const file = await open(content.path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(enough, content.size)), 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

const bareType = (type: string) => (type.split(';')[0] ?? '').trim().toLowerCase()

async function textType(content: Content, claim: string): Promise<string> {
  const readable =
    texts.has(claim) &&
    (Buffer.isBuffer(content) ? !content.includes(0) && isUtf8(content) : await isText(content.path))
  return readable ? claim : 'application/octet-stream'
}

/** Piece by piece: a text may be as long as any file. */
async function isText(path: string): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
      if (piece.includes(0)) return false
      decoder.decode(piece, { stream: true })
    }
    decoder.decode()
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

function soundOrFilm(found: string, claim: string): string {
  if (found === 'video/webm' && claim === 'audio/webm') return claim
  return found === 'application/ogg' ? 'audio/ogg' : found
}

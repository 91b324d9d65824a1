import { isUtf8 } from 'node:buffer'
import { fileTypeFromBuffer } from 'file-type'

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
export async function sniffType(content: Buffer, claimed: string): Promise<{ type: string; kind: FileKind }> {
  const claim = bareType(claimed)
  const found = await fileTypeFromBuffer(content.subarray(0, enough)).catch(() => undefined)
  const type = found === undefined ? textType(content, claim) : soundOrFilm(bareType(found.mime), claim)
  return { type, kind: kindOfType(type) }
}

const bareType = (type: string) => (type.split(';')[0] ?? '').trim().toLowerCase()

function textType(content: Buffer, claim: string): string {
  const readable = texts.has(claim) && !content.includes(0) && isUtf8(content)
  return readable ? claim : 'application/octet-stream'
}

function soundOrFilm(found: string, claim: string): string {
  if (found === 'video/webm' && claim === 'audio/webm') return claim
  return found === 'application/ogg' ? 'audio/ogg' : found
}

import type { MessageBody } from '#contract/conversations.ts'
import type { IncomingFile } from '../adapter.ts'

type Values = ReadonlyMap<string, string>

/**
 * What a message says. Of a kind that cannot be shown, also of one that comes later, is a message all the same: it stands
 * in the thread by its type's name.
 */
export function readBody(values: Values, fileCount: number): MessageBody {
  const text = values.get('Body') ?? ''
  const chosen = values.get('ButtonText') ?? values.get('ListTitle')
  if (chosen !== undefined) return { type: 'buttons', text: chosen, choices: [], chosen }
  const location = readLocation(values)
  if (location !== null) return location
  if (fileCount > 0) return { type: 'attachment', text: text || null }
  const type = values.get('MessageType') ?? 'text'
  return text === '' && type !== 'text' ? { type: 'unsupported', hint: type.slice(0, 100) } : { type: 'text', text }
}

function readLocation(values: Values): MessageBody | null {
  const [latitude, longitude] = [Number(values.get('Latitude') ?? NaN), Number(values.get('Longitude') ?? NaN)]
  if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return null
  const [name, address] = [values.get('Label') ?? null, values.get('Address') ?? null]
  return { type: 'location', latitude, longitude, name, address }
}

/** More than any message carries. */
const mostFiles = 10

/** The files of a message, each where Twilio keeps it. */
export function readFiles(values: Values): IncomingFile[] {
  const count = Math.min(Number(values.get('NumMedia')) || 0, mostFiles)
  return Array.from({ length: count }, (_, at) => at).flatMap((at) => {
    const url = values.get(`MediaUrl${at}`)
    const type = values.get(`MediaContentType${at}`)?.split(';')[0]!.trim().toLowerCase() || 'application/octet-stream'
    return url === undefined ? [] : [fileOf(url, type, at)]
  })
}

function fileOf(url: string, type: string, at: number): IncomingFile {
  const kind = /^(image|video|audio)\//.exec(type)?.[1] as 'image' | 'video' | 'audio' | undefined
  return {
    kind: kind ?? 'file',
    name: `${kind ?? 'file'}-${at + 1}${extensionOf(type)}`,
    type,
    contentId: null,
    content: { source: { url } },
  }
}

const extensions: Record<string, string> = {
  jpeg: 'jpg',
  mpeg: 'mp3',
  quicktime: 'mov',
  plain: 'txt',
  '3gpp': '3gp',
  'x-vcard': 'vcf',
  vcard: 'vcf',
}

function extensionOf(type: string): string {
  const subtype = type.split('/')[1] ?? ''
  const known = extensions[subtype] ?? (/^[a-z0-9]{2,5}$/.test(subtype) ? subtype : '')
  return known === '' ? '' : `.${known}`
}

import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { VisitorEvent } from '../channels/webchat/parse-event.ts'
import { cleanFileName } from '../files/clean-file-name.ts'
import { sniffType } from '../files/sniff-type.ts'
import { refuse } from '../http/fail.ts'

/** Enough for a photograph or a scan; a visitor is nobody known. */
export const mostFileBytes = 8 * 1024 * 1024

/** Where what is said of a file stands: the body is the file itself. */
export const fileHeader = 'x-ficha-file'

/** What people show a shop; nothing that runs. */
const documents = new Set([
  'application/pdf',
  'text/plain',
  'text/csv',
  'text/calendar',
  'text/vcard',
  'image/heic',
  'application/rtf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
])

/** Reads a visitor's file as an event of the line, without whose it is, and its bytes. What the bytes are counts, not what is said. */
export async function takeFile<Said extends object>(
  said: z.ZodType<Said & { name: string; type: string }>,
  request: FastifyRequest,
): Promise<{ said: Said; file: Extract<VisitorEvent, { type: 'file' }>['file']; content: Buffer }> {
  const content = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const read = said.safeParse(parse(request.headers[fileHeader]))
  if (!read.success) return refuse(fileHeader, 'format', z.prettifyError(read.error))
  if (content.length === 0) return refuse('file', 'empty', 'The file is empty.')
  const { name, type: claimed } = read.data
  const { type, kind } = await sniffType(content, claimed)
  if (kind === 'file' && !documents.has(type)) return refuse('file', 'type', 'Files of this kind are not taken here.')
  return { said: read.data, file: { name: cleanFileName(name, kind), type, kind }, content }
}

function parse(header: string | string[] | undefined): unknown {
  try {
    return JSON.parse(decodeURIComponent(String(header)))
  } catch {
    return undefined
  }
}

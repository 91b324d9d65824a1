import { createHash } from 'node:crypto'
import { refuse } from '../http/fail.ts'

/**
 * Where a page ended, opaque to the caller. `list` names what was listed (workspace, view, filter): a cursor that was
 * edited or belongs to another list is refused with 400 instead of answering something odd.
 */
export function writeCursor(list: string, place: readonly string[]): string {
  return Buffer.from(JSON.stringify([checksum(list, place), ...place])).toString('base64url')
}

/** The place a cursor names, or null for the first page. */
export function readCursor(list: string, cursor: string | null | undefined): string[] | null {
  if (cursor === null || cursor === undefined || cursor === '') return null
  const [sum, ...place] = parse(cursor)
  if (sum === undefined || sum !== checksum(list, place)) {
    return refuse('cursor', 'format', 'Send the cursor exactly as the last page gave it, with the same filters.')
  }
  return place
}

function parse(cursor: string): string[] {
  try {
    const bytes = Buffer.from(cursor, 'base64url')
    // decoding passes over letters that do not belong
    if (bytes.toString('base64url') !== cursor) return []
    const parts: unknown = JSON.parse(bytes.toString())
    return Array.isArray(parts) && parts.every((part) => typeof part === 'string') ? parts : []
  } catch {
    return []
  }
}

const checksum = (list: string, place: readonly string[]) =>
  createHash('sha256')
    .update(JSON.stringify([list, place]))
    .digest('base64url')
    .slice(0, 12)

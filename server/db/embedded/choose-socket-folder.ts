import { chmodSync, chownSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Refusal } from '../../refusal.ts'

/** The system's limit is 107 on Linux, 103 on macOS. */
const longestPath = 100
const isShort = (folder: string): boolean => Buffer.byteLength(join(folder, '.s.PGSQL.5432')) < longestPath

/**
 * A folder for PostgreSQL's socket that only its user can enter, with a path short enough: inside the data folder, or,
 * where that lies too deep or another user could not reach it, a temporary one, which is remembered and used again.
 */
export function chooseSocketFolder(dataDir: string, user: { uid: number; gid: number } | null): string {
  const inside = join(dataDir, 'run')
  if (user === null && isShort(inside)) {
    mkdirSync(inside, { recursive: true, mode: 0o700 })
    chmodSync(inside, 0o700)
    return inside
  }
  const note = join(dataDir, 'socket-folder')
  const remembered = readNote(note)
  if (remembered !== null && isPrivate(remembered, user?.uid ?? process.getuid?.())) return remembered
  const base = user === null ? [tmpdir(), '/tmp'].find((folder) => isShort(join(folder, 'ficha-XXXXXX'))) : '/tmp'
  if (base === undefined) throw new Refusal('There is no temporary folder with a short path. Set TMPDIR=/tmp.')
  const made = mkdtempSync(join(base, 'ficha-'))
  if (user !== null) chownSync(made, user.uid, user.gid)
  writeFileSync(note, made)
  return made
}

function readNote(note: string): string | null {
  try {
    return readFileSync(note, 'utf8')
  } catch {
    return null
  }
}

function isPrivate(folder: string, uid: number | undefined): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false })
  return found !== undefined && found.isDirectory() && found.uid === uid && (found.mode & 0o077) === 0
}

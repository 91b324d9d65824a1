import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** A file that has come in and is not yet anywhere. */
export interface LaidAside {
  readonly path: string
  readonly size: number
}

const folderOf = (dataDir: string) => join(dataDir, 'incoming')

/** Writes what comes in to this server's disk, piece by piece, until it is known what it is and where it belongs. */
export async function layAside(dataDir: string, content: Readable): Promise<LaidAside> {
  const folder = folderOf(dataDir)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, randomUUID())
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600 })
  try {
    await pipeline(content, file)
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
  return { path, size: file.bytesWritten }
}

/** Takes away what somebody was killed over. */
export async function removeForgotten(dataDir: string, now: Date): Promise<void> {
  const folder = folderOf(dataDir)
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name)
    const found = await stat(path).catch(() => null)
    if (found !== null && now.getTime() - found.mtimeMs > 24 * 3600 * 1000) await rm(path, { force: true })
  }
}

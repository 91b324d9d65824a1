import { constants, createReadStream } from 'node:fs'
import { copyFile, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { FileMissing, keyOf, type Content, type FileStore } from './file-store.ts'

/** On this server's own disk: written aside, synced, renamed. */
export function openDiskFiles(root: string): FileStore {
  const pathOf = (...key: Parameters<typeof keyOf>) => join(root, keyOf(...key))
  return {
    async put(workspaceId, id, content, form) {
      const path = pathOf(workspaceId, id, form)
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      const aside = `${path}.${process.pid}.part`
      try {
        await writeAside(aside, content)
        await rename(aside, path)
      } catch (error) {
        // half a file takes up the room that is missing
        await rm(aside, { force: true })
        throw error
      }
      const folder = await open(dirname(path))
      try {
        await folder.sync()
      } finally {
        await folder.close()
      }
    },
    read: (workspaceId, id) =>
      readFile(pathOf(workspaceId, id)).catch((error: unknown) => {
        throw isMissing(error) ? new FileMissing(id) : error
      }),
    async stream(workspaceId, id, { range, form } = {}) {
      const path = pathOf(workspaceId, id, form)
      const found = await stat(path).catch((error: unknown) => {
        if (isMissing(error)) return null
        throw error
      })
      if (found === null) return null
      const size = range === undefined ? found.size : range.end - range.start + 1
      return { size, content: createReadStream(path, range) }
    },
    async remove(workspaceId, id) {
      for (const form of ['whole', 'small'] as const) await rm(pathOf(workspaceId, id, form), { force: true })
    },
  }
}

async function writeAside(aside: string, content: Content): Promise<void> {
  // a copy costs nothing where the file system shares what is the same
  if (!Buffer.isBuffer(content)) await copyFile(content.path, aside, constants.COPYFILE_FICLONE)
  const file = await open(aside, Buffer.isBuffer(content) ? 'w' : 'r+', 0o600)
  try {
    if (Buffer.isBuffer(content)) await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
  if (!Buffer.isBuffer(content)) await rm(content.path, { force: true })
}

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT'

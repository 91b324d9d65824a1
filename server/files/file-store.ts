import { createReadStream } from 'node:fs'
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'

/** Where the bytes of attachments lie. Keys are `(workspace, id)`; nothing a stranger names ever becomes a path. */
export interface FileStore {
  /** Durable when it returns: written aside, synced, renamed. Writing the same key again changes nothing. */
  put(workspaceId: number, id: string, content: Buffer): Promise<void>
  read(workspaceId: number, id: string): Promise<Buffer>
  stream(workspaceId: number, id: string): Promise<{ size: number; content: Readable }>
  remove(workspaceId: number, id: string): Promise<void>
}

export function openDiskFiles(root: string): FileStore {
  const pathOf = (workspaceId: number, id: string) => {
    if (!/^[0-9a-f-]{36}$/.test(id)) throw new Error('file id is not a UUID')
    return join(root, String(workspaceId), id.slice(0, 2), id)
  }
  return {
    async put(workspaceId, id, content) {
      const path = pathOf(workspaceId, id)
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      const aside = `${path}.${process.pid}.part`
      const file = await open(aside, 'w', 0o600)
      try {
        await file.writeFile(content)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(aside, path)
      const folder = await open(dirname(path))
      try {
        await folder.sync()
      } finally {
        await folder.close()
      }
    },
    read: (workspaceId, id) => readFile(pathOf(workspaceId, id)),
    async stream(workspaceId, id) {
      const path = pathOf(workspaceId, id)
      const { size } = await stat(path)
      return { size, content: createReadStream(path) }
    },
    remove: (workspaceId, id) => rm(pathOf(workspaceId, id), { force: true }),
  }
}

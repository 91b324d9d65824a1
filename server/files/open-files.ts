import { join } from 'node:path'
import type { Config } from '../config.ts'
import { openDiskFiles } from './disk-files.ts'
import { FileMissing, type FileStore } from './file-store.ts'
import { openS3Files } from './s3-files.ts'

/** The store this installation is set to: its own disk, or a bucket, with what lay on the disk before. */
export function openFiles({ dataDir, s3 }: Pick<Config, 'dataDir' | 's3'>): FileStore {
  const disk = openDiskFiles(join(dataDir, 'files'))
  return s3 === null ? disk : openInTurn(openS3Files(s3), disk)
}

/** Puts into the first; looks in both; removes from both. */
function openInTurn(first: FileStore, before: FileStore): FileStore {
  return {
    put: first.put,
    read: (...key) =>
      first.read(...key).catch((error: unknown) => {
        if (error instanceof FileMissing) return before.read(...key)
        throw error
      }),
    stream: async (...key) => (await first.stream(...key)) ?? before.stream(...key),
    async remove(...key) {
      await before.remove(...key)
      await first.remove(...key)
    },
  }
}

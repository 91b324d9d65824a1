import type { Incoming } from '../channels/adapter.ts'
import type { Deps } from '../deps.ts'
import { cleanFileName } from '../files/clean-file-name.ts'
import { sniffType } from '../files/sniff-type.ts'
import { hashFileId } from './hash-ext-id.ts'

/** A message's file as its row will say: the bytes are kept already, or the provider still has them. */
export interface KeptFile {
  readonly id: string
  readonly kind: 'image' | 'video' | 'audio' | 'file'
  readonly name: string
  readonly type: string
  readonly size: number | null
  readonly contentId: string | null
  readonly source: Readonly<Record<string, string>> | null
}

/** Puts the bytes that came along into the store: before the message is committed, so that no row is without its file. */
export async function keepFiles(
  deps: Pick<Deps, 'files'>,
  line: { workspaceId: number; channelId: number },
  { extId, files }: Pick<Extract<Incoming, { type: 'message' }>, 'extId' | 'files'>,
): Promise<KeptFile[]> {
  const kept: KeptFile[] = []
  for (const [at, file] of files.entries()) {
    const id = hashFileId(line.workspaceId, line.channelId, extId, at)
    const shared = { id, name: cleanFileName(file.name, file.kind), contentId: file.contentId }
    if (Buffer.isBuffer(file.content)) {
      const { type, kind } = await sniffType(file.content, file.type)
      await deps.files.put(line.workspaceId, id, file.content)
      kept.push({ ...shared, kind, type, size: file.content.length, source: null })
    } else {
      kept.push({ ...shared, kind: file.kind, type: file.type, size: null, source: file.content.source })
    }
  }
  return kept
}

import type { Readable } from 'node:stream'

/** The file itself, or a small picture of it. */
export type Form = 'whole' | 'small'

/** Bytes at hand, or on this server's disk; a file there is taken over and is no longer the caller's. */
export type Content = Buffer | { readonly path: string; readonly size: number }

/** Which of a file's bytes, both ends included. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/**
 * Where the bytes of attachments lie. Keys are `(workspace, id)`; nothing a stranger names ever becomes a path.
 * Every method throws `StoreAway` while the place cannot be reached.
 */
export interface FileStore {
  /** Durable when it returns. Writing the same key again changes nothing. */
  put(workspaceId: number, id: string, content: Content, form?: Form): Promise<void>
  /** @throws FileMissing */
  read(workspaceId: number, id: string): Promise<Buffer>
  /** Null: there is none. `size` is that of what is sent. */
  stream(
    workspaceId: number,
    id: string,
    options?: { range?: ByteRange | undefined; form?: Form },
  ): Promise<{ size: number; content: Readable } | null>
  /** In every form. What is not there is removed already. */
  remove(workspaceId: number, id: string): Promise<void>
}

/** A file that should be there is not. */
export class FileMissing extends Error {
  override readonly name = 'FileMissing'
}

/** Below which name a file lies, whatever the store: `7/0f/0f3c…`. */
export function keyOf(workspaceId: number, id: string, form: Form = 'whole'): string {
  if (!/^[0-9a-f-]{36}$/.test(id)) throw new Error('file id is not a UUID')
  return `${workspaceId}/${id.slice(0, 2)}/${id}${form === 'small' ? '.small' : ''}`
}

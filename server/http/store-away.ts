/** The place where files lie cannot be reached now, or takes nothing more: worth another try later, and nobody's mistake. */
export class StoreAway extends Error {
  override readonly name = 'StoreAway'
}

const noRoom = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EMFILE'])

/** Is that all that is wrong? */
export const isStoreAway = (error: unknown): boolean =>
  error instanceof StoreAway || (error instanceof Error && 'code' in error && noRoom.has(String(error.code)))

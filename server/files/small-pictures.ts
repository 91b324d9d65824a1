import type { Deps } from '../deps.ts'
import { FileMissing } from './file-store.ts'
import { shrinkPicture } from './shrink-picture.ts'

/** Of what could not be made small; asking again would cost the same again. */
const mostRemembered = 2000

/** Makes small pictures, one after the other whoever asks, so that memory stays flat; each is kept beside its file. */
export interface SmallPictures {
  /** Null: there is none to be had. */
  make(workspaceId: number, id: string): Promise<Buffer | null>
}

export function openSmallPictures(deps: Pick<Deps, 'db' | 'files'>): SmallPictures {
  const underway = new Map<string, Promise<Buffer | null>>()
  const hopeless = new Set<string>()
  let last: Promise<unknown> = Promise.resolve()

  async function makeOne(workspaceId: number, id: string): Promise<Buffer | null> {
    const whole = await deps.files.read(workspaceId, id).catch((error: unknown) => {
      if (error instanceof FileMissing) return null
      throw error
    })
    const small = whole === null ? null : await shrinkPicture(whole)
    if (small === null) {
      hopeless.add(id)
      if (hopeless.size > mostRemembered) hopeless.delete(hopeless.values().next().value!)
      return null
    }
    await deps.files.put(workspaceId, id, small, 'small')
    if (!(await isThere(deps, workspaceId, id))) await deps.files.remove(workspaceId, id)
    return small
  }

  return {
    make(workspaceId, id) {
      if (hopeless.has(id)) return Promise.resolve(null)
      const known = underway.get(id)
      if (known !== undefined) return known
      const made = last.then(() => makeOne(workspaceId, id)).finally(() => underway.delete(id))
      underway.set(id, made)
      last = made.catch(() => undefined)
      return made
    },
  }
}

/** Whoever deleted it meanwhile did not find the small one. */
async function isThere({ db }: Pick<Deps, 'db'>, workspaceId: number, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('attachment')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row !== undefined
}

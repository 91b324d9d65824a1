import type { Deps } from '../deps.ts'
import { openRow, type OpenedLine } from './open-line.ts'

const freshMs = 5000
const mostLines = 2000

/** Finds the line that a webhook address names, without asking the database for every call. */
export interface LineCache {
  /** Null: there is none, it was removed, or the name cannot be one. */
  find(publicId: string): Promise<OpenedLine | null>
  close(): void
}

/**
 * What is known of a line is forgotten after some seconds, and at once when a channel of its workspace changes in any
 * process. Names that lead nowhere are remembered too, so that guessing costs no queries twice.
 */
export function openLineCache(deps: Pick<Deps, 'inbound' | 'config' | 'adapters' | 'live'>): LineCache {
  const known = new Map<string, { opened: Promise<OpenedLine | null>; until: number }>()
  const watched = new Map<number, () => void>()

  async function load(publicId: string): Promise<OpenedLine | null> {
    const row = await deps.inbound
      .selectFrom('channel')
      .selectAll()
      .where('public_id', '=', publicId)
      .where('deleted_at', 'is', null)
      .executeTakeFirst()
    if (row === undefined) return null
    watch(row.workspace_id)
    return openRow(deps, row)
  }

  function watch(workspaceId: number): void {
    if (watched.has(workspaceId)) return
    const stop = deps.live.watch({
      workspaceId,
      // sees no contact: only what concerns everybody is told
      access: () => ({ memberId: 0, role: 'agent', restrictions: ['onlyMine'], teamId: null }),
      send: (event) => {
        if (event.type === 'channel' || event.type === 'ready') known.clear()
      },
      end: () => undefined,
    })
    watched.set(workspaceId, stop)
  }

  return {
    async find(publicId) {
      if (!/^[\w-]{16,40}$/.test(publicId)) return null
      const remembered = known.get(publicId)
      if (remembered !== undefined && remembered.until > Date.now()) return remembered.opened
      const opened = load(publicId)
      known.delete(publicId)
      known.set(publicId, { opened, until: Date.now() + freshMs })
      if (known.size > mostLines) known.delete(known.keys().next().value!)
      // an error is nothing to remember
      opened.catch(() => known.delete(publicId))
      return opened
    },
    close() {
      for (const stop of watched.values()) stop()
    },
  }
}

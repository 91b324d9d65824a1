import type { LiveEvent } from '#contract/live.ts'
import type { Deps } from '../deps.ts'

/** Tells the streams of visitors that something happened with their contact. */
export interface VisitorHub {
  /** `look`: it may have; `end`: the process is going to stop. Answers how to stop listening. */
  listen(workspaceId: number, listener: VisitorListener): () => void
}

export interface VisitorListener {
  /** Whose events are meant; null while it is not known who. */
  contactId(): number | null
  look(): void
  end(): void
}

/** One watcher for all visitors of a workspace, so that an event costs no more the more of them there are. */
export function openVisitorHub({ live }: Pick<Deps, 'live'>): VisitorHub {
  const rooms = new Map<number, { listeners: Set<VisitorListener>; stop: () => void }>()

  function openRoom(workspaceId: number) {
    const listeners = new Set<VisitorListener>()
    const hear = (event: LiveEvent) => {
      if (event.type === 'ready') for (const listener of listeners) listener.look()
      if (event.type !== 'conversation' && event.type !== 'contact') return
      for (const listener of listeners) {
        const contactId = listener.contactId()
        // whoever has just written for the first time is nobody yet: any contact may be theirs
        if (contactId === event.contactId || contactId === null) listener.look()
      }
    }
    const stop = live.watch({
      workspaceId,
      // sees every contact; each stream looks for itself at what is its visitor's
      access: () => ({ memberId: 0, role: 'owner', restrictions: [], teamId: null }),
      send: hear,
      end: () => {
        for (const listener of listeners) listener.end()
      },
    })
    const room = { listeners, stop }
    rooms.set(workspaceId, room)
    return room
  }

  return {
    listen(workspaceId, listener) {
      const room = rooms.get(workspaceId) ?? openRoom(workspaceId)
      room.listeners.add(listener)
      return () => {
        room.listeners.delete(listener)
        if (room.listeners.size > 0) return
        room.stop()
        if (rooms.get(workspaceId) === room) rooms.delete(workspaceId)
      }
    },
  }
}

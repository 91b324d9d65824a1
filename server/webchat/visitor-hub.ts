import type { LiveEvent } from '#contract/live.ts'
import type { Deps } from '../deps.ts'

/** Tells the streams of visitors that something happened with their contact. */
export interface VisitorHub {
  /** `look`: it may have; `end`: the process is going to stop. Answers how to stop listening. */
  listen(workspaceId: number, listener: VisitorListener): () => void
}

export interface VisitorListener {
  /** Who listens: on which channel, as whom. */
  readonly channelId: number
  readonly address: string
  /** Whose events are meant; null while it is not known who. */
  contactId(): number | null
  look(): void
  end(): void
}

/** What happens with contacts of whom nobody knows which visitors they are is looked up together, so soon. */
const togetherMs = 50

/**
 * One watcher for all visitors of a workspace, so that an event costs no more the more of them there are: who has not written is
 * nobody's contact, and asks the database nothing however many of them listen.
 */
export function openVisitorHub({ live, db, log }: Pick<Deps, 'live' | 'db' | 'log'>): VisitorHub {
  const rooms = new Map<number, { listeners: Set<VisitorListener>; stop: () => void }>()

  function openRoom(workspaceId: number) {
    const listeners = new Set<VisitorListener>()
    let unknown = new Set<number>()

    async function lookUp(): Promise<void> {
      const contacts = [...unknown]
      unknown = new Set()
      const links = await db
        .selectFrom('contact_channel')
        .select(['channel_id', 'address_key', 'owner_id'])
        .where('workspace_id', '=', workspaceId)
        .where('owner_id', 'in', contacts)
        .where('removed_at', 'is', null)
        .execute()
      const theirs = new Set(links.map((link) => nameOf(link.channel_id, link.address_key)))
      for (const listener of listeners)
        if (listener.contactId() === null && theirs.has(nameOf(listener.channelId, listener.address))) listener.look()
    }

    function hear(event: LiveEvent): void {
      if (event.type === 'ready') for (const listener of listeners) listener.look()
      if (event.type !== 'conversation' && event.type !== 'contact') return
      let isAnybodyUnknown = false
      for (const listener of listeners) {
        const contactId = listener.contactId()
        if (contactId === event.contactId) listener.look()
        isAnybodyUnknown ||= contactId === null
      }
      if (!isAnybodyUnknown) return
      // whoever has just written for the first time is nobody yet
      if (unknown.size === 0)
        setTimeout(
          () => void lookUp().catch((error: unknown) => log.warn({ err: error }, 'visitors were not found')),
          togetherMs,
        )
      unknown.add(event.contactId)
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

const nameOf = (channelId: number, address: string) => `${channelId} ${address}`

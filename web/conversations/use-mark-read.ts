import { useEffect, useEffectEvent, useRef } from 'react'
import { client } from '../api/client.ts'

/**
 * Marks the conversation read up to the last message received, once it is really seen: in view, in a window that has the
 * focus. `seenId` is null while it is not in view; `readUpTo` is the member's mark as the server has it.
 */
export function useMarkRead(contactId: number, seenId: number | null, readUpTo: number | null): void {
  const marked = useRef(0)
  const mark = useEffectEvent((seen: number | null, before: number | null) => {
    if (seen === null || !document.hasFocus() || document.visibilityState !== 'visible') return
    if (seen <= Math.max(marked.current, before ?? 0)) return
    marked.current = seen
    client.conversations.markRead({ contactId, upTo: seen }).catch(() => {
      // Tried again with the next message or the next look at the window.
      marked.current = 0
    })
  })
  const markAgain = useEffectEvent(() => mark(seenId, readUpTo))
  useEffect(() => mark(seenId, readUpTo), [seenId, readUpTo])
  useEffect(() => {
    const look = () => markAgain()
    window.addEventListener('focus', look)
    document.addEventListener('visibilitychange', look)
    return () => {
      window.removeEventListener('focus', look)
      document.removeEventListener('visibilitychange', look)
    }
  }, [])
}

import { useEffect, useEffectEvent, useRef } from 'react'
import { client } from '../api/client.ts'
import { useContactNews } from '../notifications/shared.ts'

const hasFocus = () => document.hasFocus() && document.visibilityState === 'visible'

/**
 * Marks the conversation read up to the last message received, and what was notified of it, once its end is really seen: in
 * view, in a window that has the focus. `lastInId` is null where nothing was received; `readUpTo` is the member's mark as the
 * server has it.
 */
export function useMarkRead(
  contactId: number,
  { isAtEnd, lastInId, readUpTo }: { isAtEnd: boolean; lastInId: number | null; readUpTo: number | null },
): void {
  const { ids, isPerhapsMore } = useContactNews(contactId)
  const news = ids.join()
  const marked = useRef(0)
  const told = useRef('')
  const isDoubtful = useRef(isPerhapsMore)
  const markThread = (upTo: number) => {
    marked.current = upTo
    isDoubtful.current = false
    client.conversations.markRead({ contactId, upTo }).catch(() => {
      // Tried again with the next message or the next look at the window.
      marked.current = 0
    })
  }
  const markNews = (of: string) => {
    told.current = of
    client.notifications.markRead({ notificationIds: [...ids] }).catch(() => {
      told.current = ''
    })
  }
  const mark = useEffectEvent((isSeen: boolean, last: number | null, before: number | null, of: string) => {
    if (!isSeen || !hasFocus()) return
    if (last !== null && (last > Math.max(marked.current, before ?? 0) || isDoubtful.current)) markThread(last)
    else if (of !== '' && of !== told.current) markNews(of)
  })
  const markAgain = useEffectEvent(() => mark(isAtEnd, lastInId, readUpTo, news))
  useEffect(() => mark(isAtEnd, lastInId, readUpTo, news), [isAtEnd, lastInId, readUpTo, news])
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

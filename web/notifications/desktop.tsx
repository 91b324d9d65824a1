import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useEffectEvent, useRef } from 'react'
import type { Notification as News } from '#contract/notifications.ts'
import { api } from '../api/client.ts'
import { useWorkspace } from '../api/me.ts'
import { useNewsWords } from './use-news-words.ts'

/**
 * Has the browser tell of what is new while nobody looks at the page: where the person allows it, and of the kinds they want so.
 * All tabs give a notification the same tag, so that it appears once.
 */
export default function Desktop({ unread }: { unread: readonly News[] }) {
  const { data: settings } = useQuery(api.notifications.settings.queryOptions())
  const workspace = useWorkspace().id
  const words = useNewsWords()
  const navigate = useNavigate()
  const seen = useRef<number | undefined>(undefined)
  const tell = useEffectEvent((item: News) => {
    const told = new Notification(words(item), { body: item.text ?? '', tag: `ficha ${workspace} ${item.contact.id}` })
    told.addEventListener('click', () => {
      window.focus()
      told.close()
      void navigate({ to: '/w/$workspace/inbox/{-$contactId}', params: { workspace, contactId: item.contact.id } })
    })
  })
  useEffect(() => {
    if (settings === undefined) return
    const newest = unread[0]?.id ?? 0
    const last = seen.current
    seen.current = Math.max(newest, last ?? 0)
    // what waited when the page was opened stands behind the bell
    if (last === undefined || document.hasFocus()) return
    for (const item of unread) if (item.id > last && settings[item.kind] === 'desktop') tell(item)
  }, [unread, settings])
  return null
}

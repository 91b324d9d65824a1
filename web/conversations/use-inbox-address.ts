import { getRouteApi } from '@tanstack/react-router'
import type { InboxSearch } from '../app/search-params.ts'

const route = getRouteApi('/w/$workspace/inbox/{-$contactId}')

/** What the Inbox shows, as the address says it, and the ways to show something else. */
export function useInboxAddress() {
  const { workspace, contactId } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  return {
    workspace,
    contactId: contactId ?? null,
    view: search.view ?? 'mine',
    status: search.status ?? 'open',
    unreadOnly: search.unread === 'only',
    q: search.q ?? '',
    isDrawerOpen: search.drawer === 'open' && contactId !== undefined,
    search,
    /** Opens a conversation, or with null goes back to the list. */
    open: (id: number | null, replace = false) =>
      void navigate({
        params: id === null ? {} : { contactId: id },
        to: '/w/$workspace/inbox/{-$contactId}',
        search: (old) => (id === null ? { ...old, drawer: undefined, tab: undefined } : old),
        replace,
      }),
    /** Changes what is listed, or what stands beside the thread. Typing a search makes no history. */
    change: (change: Partial<InboxSearch>, replace = true) =>
      void navigate({ to: '.', search: (old) => ({ ...old, ...change }), replace }),
  }
}

/** A contact shown beside the list: the address of its conversation with the list as it is. */
export type InboxAddress = ReturnType<typeof useInboxAddress>

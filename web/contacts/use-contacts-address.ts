import { getRouteApi } from '@tanstack/react-router'
import type { ContactsSearch } from '../app/search-params.ts'

const route = getRouteApi('/w/$workspace/contacts/{-$contactId}')

/** What the Contacts page shows, as the address says it, and the ways to show something else. */
export function useContactsAddress() {
  const { workspace, contactId } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  return {
    workspace,
    contactId: contactId ?? null,
    q: search.q ?? '',
    sort: search.sort ?? 'lastMessage',
    order: search.order,
    filter: search.filter,
    segment: search.segment,
    tab: search.tab,
    open: (id: number | null, replace = false) =>
      void navigate({
        to: '/w/$workspace/contacts/{-$contactId}',
        params: id === null ? { contactId: undefined } : { contactId: id },
        search: (old) => old,
        replace,
      }),
    change: (change: Partial<ContactsSearch>) =>
      void navigate({ to: '.', search: (old) => ({ ...old, ...change }), replace: true }),
  }
}
export type ContactsAddress = ReturnType<typeof useContactsAddress>

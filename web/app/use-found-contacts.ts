import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import { api } from '../api/client.ts'
import { useCan } from '../api/me.ts'

export interface FoundContact {
  id: number
  name: string
  picture: string | null
  note: string | null
}

/** Up to six contacts for what is typed; an agent finds them among the conversations they may see. */
export function useFoundContacts(query: string): { contacts: FoundContact[]; isSearching: boolean } {
  const mayBrowse = useCan('contacts.browse')
  const q = useDeferredValue(query.trim())
  const isAsked = q.length >= 2
  const shared = { placeholderData: keepPreviousData, staleTime: 10_000 }
  const people = useQuery({
    ...api.contacts.list.queryOptions({ input: { q, limit: 6 } }),
    ...shared,
    enabled: isAsked && mayBrowse,
  })
  const threads = useQuery({
    ...api.conversations.list.queryOptions({ input: { q, view: 'all', limit: 6 } }),
    ...shared,
    enabled: isAsked && !mayBrowse,
  })
  if (!isAsked) return { contacts: [], isSearching: false }
  const contacts = mayBrowse
    ? people.data?.items.map((one) => ({
        id: one.id,
        name: one.displayName ?? `#${one.id}`,
        picture: one.pictureUrl,
        note: one.phoneFormatted ?? one.email,
      }))
    : threads.data?.items.map((one) => ({
        id: one.contactId,
        name: one.displayName ?? `#${one.contactId}`,
        picture: one.pictureUrl,
        note: null,
      }))
  return { contacts: contacts ?? [], isSearching: people.isFetching || threads.isFetching }
}

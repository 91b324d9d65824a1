import type { InfiniteData } from '@tanstack/react-query'
import type { ContactDetails } from '#contract/contacts.ts'
import type { Suggestion } from '#contract/suggestion.ts'
import { api } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'

type SuggestionPages = InfiniteData<{ items: Suggestion[]; next: string | null }>

/**
 * Shows what a merge or its undoing made of contacts: each id is answered with the contact it now leads to, and whatever
 * lists contacts, suggestions or merges asks again.
 */
export function showMerged(fresh: ReadonlyMap<number, ContactDetails>): void {
  for (const [contactId, contact] of fresh)
    queryClient.setQueryData(api.contacts.get.queryKey({ input: { contactId } }), contact)
  const isAbsorbed = (id: number) => fresh.has(id) && fresh.get(id)?.id !== id
  // a list of duplicates to which one goes back shows at once what is left of it
  queryClient.setQueriesData<SuggestionPages>({ queryKey: api.duplicates.list.key({ type: 'infinite' }) }, (old) =>
    old === undefined
      ? undefined
      : {
          ...old,
          pages: old.pages.map((page) => ({
            ...page,
            items: page.items.filter(({ a, b }) => !isAbsorbed(a.id) && !isAbsorbed(b.id)),
          })),
        },
  )
  const stale = [
    api.contacts.list.key(),
    api.conversations.key(),
    api.duplicates.key(),
    api.merging.history.key(),
    api.merging.counts.key(),
    ...[...fresh.keys()].map((contactId) => api.contacts.get.key({ input: { contactId } })),
  ]
  for (const queryKey of stale) void queryClient.invalidateQueries({ queryKey })
}

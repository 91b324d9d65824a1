import type { ContactDetails } from '#contract/contacts.ts'
import { api } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'

/**
 * Shows what a merge or its undoing made of contacts: each id is answered with the contact it now leads to, and whatever
 * lists contacts, suggestions or merges asks again.
 */
export function showMerged(fresh: ReadonlyMap<number, ContactDetails>): void {
  for (const [contactId, contact] of fresh)
    queryClient.setQueryData(api.contacts.get.queryKey({ input: { contactId } }), contact)
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

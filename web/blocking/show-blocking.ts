import type { ContactDetails } from '#contract/contacts.ts'
import { api } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'

/** Shows a contact as it is now, and has whatever lists contacts, conversations or suggestions ask again. */
export function showBlocking(contact: ContactDetails): void {
  queryClient.setQueryData(api.contacts.get.queryKey({ input: { contactId: contact.id } }), contact)
  const stale = [api.contacts.list.key(), api.conversations.key(), api.duplicates.key(), api.blocking.key()]
  for (const queryKey of stale) void queryClient.invalidateQueries({ queryKey })
}

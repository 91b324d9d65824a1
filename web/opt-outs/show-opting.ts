import type { ContactDetails } from '#contract/contacts.ts'
import { api } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'

/** Shows the contact as it is now, and has its thread and history ask again. */
export function showOpting(contact: ContactDetails): void {
  const input = { contactId: contact.id }
  queryClient.setQueryData(api.contacts.get.queryKey({ input }), contact)
  for (const queryKey of [
    api.conversations.thread.key({ input }),
    api.activity.ofContact.key({ input }),
    api.contacts.list.key(),
  ])
    void queryClient.invalidateQueries({ queryKey })
}

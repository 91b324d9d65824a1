import type { ContactDetails } from '#contract/contacts.ts'
import { api } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'

/** The record of a contact; the id of an absorbed one answers with the survivor. */
export const contactQuery = (contactId: number) => api.contacts.get.queryOptions({ input: { contactId } })

/** Shows what the server answered to an edit, and has the lists that show the contact ask again. */
export function showSaved(asked: number, fresh: ContactDetails): void {
  queryClient.setQueryData(contactQuery(asked).queryKey, fresh)
  if (fresh.id !== asked) queryClient.setQueryData(contactQuery(fresh.id).queryKey, fresh)
  void queryClient.invalidateQueries({ queryKey: api.contacts.list.key() })
  void queryClient.invalidateQueries({ queryKey: api.conversations.list.key() })
}

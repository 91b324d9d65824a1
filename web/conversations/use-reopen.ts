import { useMutation } from '@tanstack/react-query'
import { api } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { tellRefusal } from './refusal.tsx'

/** Opens a closed conversation, or ends a snooze. */
export function useReopen() {
  return useMutation(
    api.conversations.open.mutationOptions({
      onSuccess: (_, { contactId }) => refreshConversation(contactId),
      onError: tellRefusal,
    }),
  )
}

/** Fetches what an act on a conversation has changed; live events do the same for everybody else. */
export function refreshConversation(contactId: number): Promise<unknown> {
  return Promise.all([
    queryClient.invalidateQueries({ queryKey: api.contacts.get.key({ input: { contactId } }) }),
    queryClient.invalidateQueries({ queryKey: api.conversations.thread.key({ input: { contactId } }) }),
    queryClient.invalidateQueries({ queryKey: api.conversations.list.key() }),
    queryClient.invalidateQueries({ queryKey: api.conversations.counts.key() }),
  ])
}

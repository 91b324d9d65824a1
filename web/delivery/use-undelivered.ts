import { useMutation } from '@tanstack/react-query'
import { api } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'

/** The two things a person can do about a message that did not go out, or perhaps did. */
export function useUndelivered(contactId: number) {
  const onSettled = () =>
    Promise.all(
      [
        api.conversations.thread.key({ input: { contactId } }),
        api.conversations.undelivered.key(),
        api.channels.health.key(),
      ].map((queryKey) => queryClient.invalidateQueries({ queryKey })),
    )
  const again = useMutation(api.conversations.sendAgain.mutationOptions({ onSettled }))
  const settle = useMutation(api.conversations.settle.mutationOptions({ onSettled }))
  return { again, settle }
}

import { useQuery } from '@tanstack/react-query'
import { api } from '../api/client.ts'

/**
 * What of a contact the member has not read: the numbers of notifications, as far as they are among the newest; `isPerhapsMore`
 * where there are others that nobody has asked for.
 */
export function useContactNews(contactId: number): { ids: readonly number[]; isPerhapsMore: boolean } {
  const { data } = useQuery(api.notifications.unread.queryOptions())
  const items = data?.items ?? []
  return {
    ids: items.filter(({ contact }) => contact.id === contactId).map(({ id }) => id),
    isPerhapsMore: (data?.count ?? 0) > items.length,
  }
}

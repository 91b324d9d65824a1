import type { InboxView, ThreadItem } from '#contract/conversations.ts'
import type { ConversationStatus } from '#contract/contacts.ts'
import { api } from '../api/client.ts'

export interface ListFilter {
  view: InboxView
  status: ConversationStatus
  unreadOnly: boolean
  q: string
}

/** The rows of the Inbox under a filter, page after page. */
export const listQuery = ({ view, status, unreadOnly, q }: ListFilter) =>
  api.conversations.list.infiniteOptions({
    input: (cursor: string | null) => ({
      view,
      status,
      unreadOnly,
      ...(q.trim() === '' ? {} : { q: q.trim() }),
      cursor,
      limit: 40,
    }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: (old) => old,
  })

/** A contact's messages and events, newest first, page after page into the past. */
export const threadQuery = (contactId: number) =>
  api.conversations.thread.infiniteOptions({
    input: (cursor: string | null) => ({ contactId, cursor, limit: 40 }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })

export const contactQuery = (contactId: number) => api.contacts.get.queryOptions({ input: { contactId } })

/** The number that orders a thread and tells its items apart. */
export const idOf = (item: ThreadItem): number => (item.type === 'message' ? item.message.id : item.event.id)

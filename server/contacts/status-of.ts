import type { ConversationStatus } from '#contract/contacts.ts'

const statuses: Readonly<Record<number, ConversationStatus>> = { 1: 'open', 2: 'snoozed', 3: 'closed' }

/** What `contact_state.status` means; null until there has been a conversation. */
export const statusOf = (status: number): ConversationStatus | null => statuses[status] ?? null

import type { MessageStatus } from '#contract/conversations.ts'

/** How a status stands in the table. */
export const statusCode = {
  received: 0,
  queued: 1,
  sent: 2,
  delivered: 3,
  read: 4,
  unknown: 8,
  failed: 9,
} as const satisfies Record<MessageStatus, number>

const names = new Map<number, MessageStatus>(
  (Object.keys(statusCode) as MessageStatus[]).map((name) => [statusCode[name], name]),
)

export const statusName = (code: number): MessageStatus => names.get(code) ?? 'unknown'

/** Did it fail, or perhaps not go out? */
export const isUndelivered = (code: number): boolean => code === statusCode.failed || code === statusCode.unknown

/** What a provider, or our own attempt, says became of a message. */
export type StatusNews = 'sent' | 'delivered' | 'read' | 'failed' | 'unknown'

const forward: Record<MessageStatus, readonly StatusNews[]> = {
  received: [],
  queued: ['sent', 'delivered', 'read', 'failed', 'unknown'],
  // it may have gone out: any later word is truer
  unknown: ['sent', 'delivered', 'read', 'failed'],
  sent: ['delivered', 'read', 'failed'],
  // what has arrived cannot fail any more, whatever comes late or twice
  delivered: ['read'],
  read: [],
  // a receipt proves that it got through after all
  failed: ['delivered', 'read'],
}

/** The status after the news, null where it changes nothing: receipts come late, twice and out of order. */
export function nextStatus(current: MessageStatus, news: StatusNews): MessageStatus | null {
  return forward[current].includes(news) ? news : null
}

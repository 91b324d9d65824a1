import { sql } from 'kysely'
import type { Notification } from '#contract/notifications.ts'
import { readCursor, writeCursor } from '../db/page-cursor.ts'
import type { ReadContext } from '../http/endpoint.ts'
import { refuse } from '../http/fail.ts'
import { loadNotifications } from './load-notifications.ts'
import type { ParsedInput } from './parsed-input.ts'

/** One page of a member's own notifications, newest first. */
export async function listNotifications(
  { db, actor }: ReadContext,
  { cursor, limit }: ParsedInput<'list'>,
): Promise<{ items: Notification[]; next: string | null }> {
  const list = `notifications:${actor.workspaceId}:${actor.memberId}`
  const [before = String(Number.MAX_SAFE_INTEGER)] = readCursor(list, cursor) ?? []
  if (!/^\d{1,16}$/.test(before)) return refuse('cursor', 'format', 'Send the cursor as it was given.')
  const found = await loadNotifications(db, actor, sql`n.id < ${before}::bigint`, limit + 1)
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return { items, next: found.length > limit && last !== undefined ? writeCursor(list, [String(last.id)]) : null }
}

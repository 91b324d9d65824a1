import { sql } from 'kysely'
import type { Notification } from '#contract/notifications.ts'
import type { ReadContext } from '../http/endpoint.ts'
import { loadNotifications, ownNotifications } from './load-notifications.ts'

/** More than a bell has room for. */
const countedTo = 100
const mostShown = 10

/** How many notifications a member has not read, and the newest of them. */
export async function findUnread({ db, actor }: ReadContext): Promise<{ count: number; items: Notification[] }> {
  const items = await loadNotifications(db, actor, sql`n.read_at is null`, mostShown)
  if (items.length < mostShown) return { count: items.length, items }
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select from ${ownNotifications(actor)}
      where n.workspace_id = ${actor.workspaceId} and n.member_id = ${actor.memberId} and n.read_at is null
      limit ${countedTo}) counted`.execute(db)
  return { count: rows[0]?.count ?? 0, items }
}

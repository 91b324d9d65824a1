import { sql, type RawBuilder } from 'kysely'
import type { Notification } from '#contract/notifications.ts'
import { displayName } from '../contacts/display-name.ts'
import { visibleContacts } from '../contacts/visible-contacts.ts'
import { timeOfId } from '../db/clock.ts'
import type { Actor, Reader } from '../http/endpoint.ts'

interface Row {
  id: number
  kind: Notification['kind']
  contact_id: number
  first_name: string | null
  last_name: string | null
  profile_name: string | null
  email: string | null
  phone: string | null
  picture_url: string | null
  actor_id: number | null
  actor_name: string | null
  text: string | null
  messages: number
  read_at: Date | null
}

/** A member's own notifications `n` about contacts that they see now; nobody hears of whoever is blocked. */
export const ownNotifications = (actor: Actor) => sql`
  notification n
  join contact born on born.workspace_id = n.workspace_id and born.id = n.contact_id
  join contact_state s on s.workspace_id = born.workspace_id and s.contact_id = coalesce(born.root_id, born.id) and s.live
    and ${visibleContacts(actor)}`

/** Notifications with names and words as they are now, newest first. */
export async function loadNotifications(
  db: Reader,
  actor: Actor,
  which: RawBuilder<unknown>,
  limit: number,
): Promise<Notification[]> {
  const { rows } = await sql<Row>`
    select n.id, n.kind, c.id as contact_id, c.first_name, c.last_name, c.profile_name, c.email, c.phone, c.picture_url,
      doer.id as actor_id, doer.name as actor_name, left(m.body->>'text', 160) as text, n.messages, n.read_at
    from ${ownNotifications(actor)}
    join contact c on c.workspace_id = s.workspace_id and c.id = s.contact_id
    left join member doer on doer.workspace_id = n.workspace_id and doer.id = n.actor_id
    left join message m on m.workspace_id = n.workspace_id and m.id = n.message_id
    where n.workspace_id = ${actor.workspaceId} and n.member_id = ${actor.memberId} and ${which}
    order by n.id desc limit ${limit}`.execute(db)
  return rows.map((row) => ({
    id: row.id,
    at: timeOfId(row.id).toISOString(),
    kind: row.kind,
    contact: { id: row.contact_id, displayName: displayName(row), pictureUrl: row.picture_url },
    by: row.actor_id === null ? null : { memberId: row.actor_id, name: row.actor_name ?? '' },
    text: row.text,
    messages: row.messages,
    isRead: row.read_at !== null,
  }))
}

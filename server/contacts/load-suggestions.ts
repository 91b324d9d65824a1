import { sql } from 'kysely'
import { prepared } from '../db/prepared.ts'
import type { Actor, Reader, Tx } from '../http/endpoint.ts'
import type { SuggestionRow } from './show-suggestions.ts'
import { visibleContacts } from './visible-contacts.ts'

/** More of one contact than anybody looks through; the surest are among them. */
const most = 50

/** The open suggestions of a live contact with contacts that this member sees, surest first. */
export async function loadSuggestions(db: Reader | Tx, actor: Actor, contactId: number): Promise<SuggestionRow[]> {
  const { rows } = await sql<SuggestionRow>`${prepared}
    select p.a, p.b, p.tier, p.score, p.reasons, p.found_at
    from (
      select * from pair_suggestion where workspace_id = ${actor.workspaceId} and a = ${contactId}
      union all select * from pair_suggestion where workspace_id = ${actor.workspaceId} and b = ${contactId}
    ) p
    join contact other on other.workspace_id = p.workspace_id and other.id = p.a + p.b - ${contactId}
      and other.root_id is null and other.blocked_at is null
    join contact_state s on s.workspace_id = p.workspace_id and s.contact_id = other.id
    where ${visibleContacts(actor)}
    order by p.score desc, p.found_at desc, p.a, p.b limit ${most}`.execute(db)
  return rows
}

import { sql } from 'kysely'
import { visibleContacts } from '../contacts/visible-contacts.ts'
import type { ReadContext } from '../http/endpoint.ts'
import { inView, readBefore } from './list-conversations.ts'
import { statusOfState } from './lock-state.ts'
import type { ParsedInput } from './parsed-input.ts'

/** More is shown as "99+", and counting stops there. */
const most = 100

/** How many open conversations have something the member has not read, in each view. */
export async function countUnread({
  db,
  actor,
}: ReadContext): Promise<{ mine: number; unassigned: number; all: number }> {
  const count = (view: ParsedInput<'list'>['view']) => sql`(
    select count(*)::int from (
      select from contact_state s
      left join read_mark r on r.workspace_id = s.workspace_id and r.contact_id = s.contact_id
        and r.member_id = ${actor.memberId}
      where s.workspace_id = ${actor.workspaceId} and s.live and s.status = ${statusOfState.open}
        and ${inView(actor, view)} and ${visibleContacts(actor)}
        and s.last_in_id > coalesce(r.read_id, ${readBefore(actor)})
      limit ${most}) found)`
  const { rows } = await sql<{ mine: number; unassigned: number; all: number }>`
    select ${count('mine')} as mine, ${count('unassigned')} as unassigned, ${count('all')} as all`.execute(db)
  return rows[0] ?? { mine: 0, unassigned: 0, all: 0 }
}

import { sql, type RawBuilder } from 'kysely'
import type { Selection } from '#contract/filter.ts'
import type { Actor, Reader, Tx } from '../http/endpoint.ts'
import { compileFilter } from './filter/compile-filter.ts'
import { matchesSearch } from './match-search.ts'
import { planNarrowing } from './narrow.ts'
import { visibleContacts } from './visible-contacts.ts'

/**
 * The condition that leaves the contacts of a selection which this member sees, of
 * `contact_state s join contact c on c.workspace_id = s.workspace_id and c.id = s.contact_id`: who stands for themself; who is
 * blocked only where they are named or everyone is meant. Fails as `planNarrowing` does. The dates of a filter are read at `now`.
 */
export async function selectedContacts(
  db: Reader | Tx,
  actor: Actor,
  selection: Selection,
  now: Date,
): Promise<RawBuilder<boolean>> {
  const here = sql<boolean>`${visibleContacts(actor)} and c.workspace_id = ${actor.workspaceId} and c.root_id is null`
  if (selection.kind === 'everyone') return here
  if (selection.kind === 'ids') return sql`(${here} and c.id = any(${selection.ids}::bigint[]))`
  const { q = '', except } = selection
  const plan = await planNarrowing(db, actor.workspaceId, selection, now)
  return sql`(${here} and s.live and c.blocked_at is null and ${matchesSearch(q)} and ${compileFilter(plan)}
    and c.id <> all(${except}::bigint[]))`
}

import { sql } from 'kysely'
import type { Tx } from '../http/endpoint.ts'
import { cycleAt, today } from '../workspaces/billing-cycle.ts'

/**
 * Makes one count of those of one person in the cycle that runs, and in the last one until it is closed: once they are deleted, nothing says any more that
 * they were one. The rows that stay hold numbers only. `parts` says of each contact under which it is live.
 */
export async function joinCounts(
  tx: Tx,
  workspaceId: number,
  parts: readonly { readonly id: number; readonly rootId: number | null }[],
): Promise<void> {
  const absorbed = parts.flatMap(({ rootId }) => rootId ?? [])
  const merged = parts.filter(({ id, rootId }) => absorbed.includes(rootId ?? id))
  if (merged.length === 0) return
  await sql`
    with present as (
      select starts_on from ${cycleAt(workspaceId, today(workspaceId))} cycle
    ), recent as (
      select starts_on from present
      union all
      select before.starts_on from present
      cross join lateral ${cycleAt(workspaceId, sql`present.starts_on - 1`)} before
      where not exists (select from usage_cycle closed
        where closed.workspace_id = ${workspaceId} and closed.starts_on = before.starts_on)
    ), counted as (
      select active.cycle, active.contact_id, row_number() over (
        partition by active.cycle, part.root_id order by active.fresh, active.message_id) as place
      from unnest(${merged.map(({ id }) => id)}::bigint[], ${merged.map(({ id, rootId }) => rootId ?? id)}::bigint[])
        part (id, root_id)
      join active_contact active on active.workspace_id = ${workspaceId} and active.contact_id = part.id
        and active.cycle in (select starts_on from recent)
    )
    delete from active_contact using counted
    where active_contact.workspace_id = ${workspaceId} and active_contact.cycle = counted.cycle
      and active_contact.contact_id = counted.contact_id and counted.place > 1`.execute(tx)
}

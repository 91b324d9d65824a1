import { sql } from 'kysely'
import { prepared } from '../db/prepared.ts'
import type { Tx } from '../http/endpoint.ts'

/** A contact and the last message it has received. */
export interface HeardUpTo {
  readonly contactId: number
  readonly lastInId: number
}

/**
 * Makes one mark a member of several contacts: whatever was unread stays so. `read_id` counts for all that the survivor
 * stands for; what was read beyond it is remembered by the contact it was born on. Call it before the owners move.
 */
export async function mergeReadMarks(
  tx: Tx,
  workspaceId: number,
  survivorId: number,
  roots: readonly HeardUpTo[],
): Promise<void> {
  await keepReadMarks(
    tx,
    workspaceId,
    roots.map(({ contactId }) => contactId),
  )
  await joinReadMarks(tx, workspaceId, survivorId, roots, 'read_id')
}

/** Remembers with everybody below these roots what was read of them, and with the roots what was read of their own. */
export async function keepReadMarks(tx: Tx, workspaceId: number, rootIds: readonly number[]): Promise<void> {
  await sql`${prepared}
    insert into read_mark (workspace_id, contact_id, member_id, read_id, own_id)
    select ${workspaceId}, part.id, mark.member_id, mark.read_id, case when part.id = mark.contact_id then mark.read_id end
    from read_mark mark
    join contact part on part.workspace_id = mark.workspace_id
      and (part.id = mark.contact_id or part.root_id = mark.contact_id)
    where mark.workspace_id = ${workspaceId} and mark.contact_id = any(${rootIds}::bigint[])
    on conflict (workspace_id, contact_id, member_id) do update
      set read_id = greatest(read_mark.read_id, excluded.read_id),
        own_id = greatest(read_mark.own_id, excluded.own_id)`.execute(tx)
}

/**
 * The mark of a contact that stands for `parts`: up to its last message, or as far as everything is read. `column` of each
 * part's mark: `read_id` where it is a tree, `own_id` where only what was born on the part itself counts.
 */
export async function joinReadMarks(
  tx: Tx,
  workspaceId: number,
  rootId: number,
  parts: readonly HeardUpTo[],
  column: 'read_id' | 'own_id',
): Promise<void> {
  const ids = parts.map(({ contactId }) => contactId)
  await sql`${prepared}
    with part as (
      select * from unnest(${ids}::bigint[], ${parts.map(({ lastInId }) => lastInId)}::bigint[]) part (id, last_in_id)
    ), reader as (
      select distinct member_id from read_mark where workspace_id = ${workspaceId} and contact_id = any(${ids}::bigint[])
    ), reading as (
      select reader.member_id, part.last_in_id, 
        coalesce(${column === 'read_id' ? sql`mark.read_id` : sql`greatest(mark.own_id, mark.read_id)`}, me.read_before) as read_id
      from reader
      join member me on me.workspace_id = ${workspaceId} and me.id = reader.member_id
      cross join part
      left join read_mark mark on mark.workspace_id = ${workspaceId} and mark.contact_id = part.id
        and mark.member_id = reader.member_id
    )
    insert into read_mark (workspace_id, contact_id, member_id, read_id)
    select ${workspaceId}, ${rootId}, member_id,
      coalesce(min(read_id) filter (where last_in_id > read_id), max(greatest(last_in_id, read_id)))
    from reading group by member_id
    on conflict (workspace_id, contact_id, member_id) do update set read_id = excluded.read_id`.execute(tx)
}

import { sql } from 'kysely'
import type { Tx } from '../http/endpoint.ts'
import type { Failure } from './bulk-act.ts'

/** A contact that stands for itself, its hot row locked. */
export interface LockedContact {
  readonly id: number
  readonly assigneeId: number | null
  readonly teamId: number | null
  readonly conversationId: number | null
}

/** Locks contacts in the order of their numbers, as everybody does; tells of those who are gone or part of somebody else by now. */
export async function lockMany(
  tx: Tx,
  workspaceId: number,
  contactIds: readonly number[],
): Promise<{ locked: LockedContact[]; failures: Failure[] }> {
  await sql`
    select from contact_state where workspace_id = ${workspaceId} and contact_id = any(${contactIds}::bigint[])
    order by contact_id for update`.execute(tx)
  const { rows } = await sql<LockedContact & { rootId: number | null }>`
    select c.id, c.root_id as "rootId", s.assignee_id as "assigneeId", s.team_id as "teamId",
      s.conversation_id as "conversationId"
    from contact c join contact_state s on s.workspace_id = c.workspace_id and s.contact_id = c.id
    where c.workspace_id = ${workspaceId} and c.id = any(${contactIds}::bigint[]) order by c.id`.execute(tx)
  const known = new Map(rows.map((row) => [row.id, row]))
  return {
    locked: rows.filter(({ rootId }) => rootId === null),
    failures: contactIds.flatMap((contactId): Failure[] => {
      const row = known.get(contactId)
      if (row === undefined) return [{ contactId, reason: 'gone', survivorId: null }]
      return row.rootId === null ? [] : [{ contactId, reason: 'absorbed', survivorId: row.rootId }]
    }),
  }
}

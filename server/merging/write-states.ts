import { sql } from 'kysely'
import { prepared } from '../db/prepared.ts'
import type { Tx } from '../http/endpoint.ts'
import type { MergeDecision } from './plan-merge.ts'

/**
 * The hot rows after a merge: the survivor's takes the newest of all, whether it is open and who looks after it; the others'
 * are no longer live. Answers the team of whoever looks after the survivor now.
 */
export async function writeMergedStates(
  tx: Tx,
  workspaceId: number,
  { survivor, absorbed, standing, golden }: MergeDecision,
): Promise<{ assigneeId: number | null; teamId: number | null }> {
  const absorbedIds = absorbed.map(({ id }) => id)
  const ids = [survivor.id, ...absorbedIds]
  const assigneeId = golden.assignee.value === null ? null : Number(golden.assignee.value)
  const { rows } = await sql<{ team_id: number | null }>`${prepared}
    with them as (
      select * from contact_state where workspace_id = ${workspaceId} and contact_id = any(${ids}::bigint[])
    ), newest as (
      select * from them order by last_message_id desc, last_message_at desc limit 1
    ), heard as (
      select * from them order by last_in_id desc limit 1
    ), gone as (
      update contact_state set live = false, status = case status when 0 then 0 else 3 end, snoozed_until = null,
        conversation_id = null
      where workspace_id = ${workspaceId} and contact_id = any(${absorbedIds}::bigint[])
    ), episode as (
      update conversation set assignee_id = ${assigneeId}
      where workspace_id = ${workspaceId} and id = ${standing.conversationId} and assignee_id is distinct from ${assigneeId}
    )
    update contact_state state set status = ${standing.status}, snoozed_until = ${standing.snoozedUntil}::timestamptz,
      conversation_id = ${standing.conversationId}, assignee_id = ${assigneeId},
      team_id = (select team_id from member where workspace_id = ${workspaceId} and id = ${assigneeId}),
      last_message_at = newest.last_message_at, last_message_id = newest.last_message_id,
      last_channel_id = newest.last_channel_id, last_in_id = heard.last_in_id,
      last_in_contact_channel_id = heard.last_in_contact_channel_id
    from newest, heard
    where state.workspace_id = ${workspaceId} and state.contact_id = ${survivor.id}
    returning state.team_id`.execute(tx)
  return { assigneeId, teamId: rows[0]?.team_id ?? null }
}

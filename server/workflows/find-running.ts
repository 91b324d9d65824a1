import { sql } from 'kysely'
import type { Reader, Tx } from '../http/endpoint.ts'

/** What contacts are being led through now, by the workflow's name. */
export async function findRunning(
  db: Reader | Tx,
  workspaceId: number,
  contactIds: readonly number[],
): Promise<{ contactId: number; workflowId: number; name: string }[]> {
  const { rows } = await sql<{ contactId: number; workflowId: number; name: string }>`
    select r.contact_id as "contactId", r.workflow_id as "workflowId", w.name
    from workflow_run r join workflow w on w.workspace_id = r.workspace_id and w.id = r.workflow_id
    where r.workspace_id = ${workspaceId} and r.contact_id = any(${contactIds}::bigint[]) and r.ended_at is null
    order by w.name_key, w.id, r.contact_id`.execute(db)
  return rows
}

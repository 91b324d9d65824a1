import type { Selectable } from 'kysely'
import type { Workflow } from '../db/tables.ts'
import type { Tx } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'

/** Locks a workflow that is there until the transaction ends; fails NOT_FOUND. */
export async function lockWorkflow(tx: Tx, workspaceId: number, workflowId: number): Promise<Selectable<Workflow>> {
  const row = await tx
    .selectFrom('workflow')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', workflowId)
    .where('removed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  return row ?? fail('NOT_FOUND')
}

/** Fails CONFLICT where another workflow is called so. */
export async function refuseTaken(tx: Tx, workspaceId: number, nameKey: string, but: number | null): Promise<void> {
  const other = await tx
    .selectFrom('workflow')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('name_key', '=', nameKey)
    .where('removed_at', 'is', null)
    .$if(but !== null, (query) => query.where('id', '<>', but))
    .executeTakeFirst()
  if (other !== undefined) fail('CONFLICT', { reason: 'name-taken', field: 'name' })
}

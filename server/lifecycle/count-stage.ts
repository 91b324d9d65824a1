import { sql } from 'kysely'
import type { ReadContext, Reader, Tx } from '../http/endpoint.ts'
import { fail } from '../http/fail.ts'
import { loadStages } from './list-stages.ts'
import type { ParsedInput } from './parsed-input.ts'

/** How many contacts stand in a stage. */
export async function countStage(
  { db, actor }: ReadContext,
  { stageId }: ParsedInput<'count'>,
): Promise<{ contacts: number }> {
  const stages = await loadStages(db, actor.workspaceId)
  if (!stages.some(({ id }) => id === stageId)) return fail('NOT_FOUND')
  return { contacts: await countInStage(db, actor.workspaceId, stageId) }
}

/** Counts every one of them, blocked ones too, each half by its own index. */
export async function countInStage(db: Reader | Tx, workspaceId: number, stageId: number): Promise<number> {
  const { rows } = await sql<{ contacts: number }>`
    select ((select count(*) from contact where workspace_id = ${workspaceId} and lifecycle_id = ${stageId}
        and root_id is null and blocked_at is null)
      + (select count(*) from contact where workspace_id = ${workspaceId} and lifecycle_id = ${stageId}
        and root_id is null and blocked_at is not null))::integer as contacts`.execute(db)
  return rows[0]?.contacts ?? 0
}

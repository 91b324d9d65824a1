import type { LifecycleStage } from '#contract/lifecycle.ts'
import type { ReadContext, Reader, Tx } from '../http/endpoint.ts'

/** Every stage in the order of the journey. */
export async function listStages({ db, actor }: ReadContext): Promise<{ items: LifecycleStage[] }> {
  return { items: await loadStages(db, actor.workspaceId) }
}

/** The stages of a workspace in their order. */
export async function loadStages(db: Reader | Tx, workspaceId: number): Promise<LifecycleStage[]> {
  const rows = await db
    .selectFrom('lifecycle_stage')
    .select(['id', 'name', 'emoji', 'kind', 'description', 'is_default as isDefault'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('position')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, kind: row.kind === 'lost' ? 'lost' : 'stage' }))
}
